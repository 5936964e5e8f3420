import { afterEach, expect, test } from 'vitest';

import { stepKey, type StepKey } from './step-keys';

function press(key: string, html = '<p>text</p>', more: KeyboardEventInit = {}): StepKey | null {
  document.body.innerHTML = html;
  let asked: StepKey | null = null;
  const listen = (event: KeyboardEvent): void => {
    asked = stepKey(event);
  };
  document.addEventListener('keydown', listen, { once: true });
  document.body.firstElementChild?.dispatchEvent(
    new KeyboardEvent('keydown', { key, bubbles: true, ...more }),
  );
  return asked;
}

afterEach(() => {
  document.body.innerHTML = '';
});

test('arrows turn pages', () => {
  expect(press('ArrowRight')).toBe('next');
  expect(press('ArrowLeft')).toBe('previous');
  expect(press('?')).toBe('shortcuts');
  expect(press('a')).toBeNull();
});

test.each([
  '<input>',
  '<textarea></textarea>',
  '<pre tabindex="0">code</pre>',
  '<dialog></dialog>',
])('not in %s', (html) => {
  expect(press('ArrowRight', html)).toBeNull();
});

test('not together with another key', () => {
  expect(press('ArrowLeft', '<p>text</p>', { altKey: true })).toBeNull();
});
