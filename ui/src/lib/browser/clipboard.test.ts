import { afterEach, expect, test, vi } from 'vitest';

import { copyText } from './clipboard';

afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(document, 'execCommand');
  document.body.replaceChildren();
});

/** Stands in for the browser's command, and notes what was selected when it ran. */
function oldCommand(answer: boolean): string[] {
  const copied: string[] = [];
  Object.defineProperty(document, 'execCommand', {
    configurable: true,
    value: () => {
      copied.push(document.querySelector('textarea')?.value ?? '');
      return answer;
    },
  });
  return copied;
}

test('without a secure context the selection is copied', async () => {
  vi.stubGlobal('isSecureContext', false);
  const copied = oldCommand(true);
  expect(await copyText('let a = 1;\n')).toBe(true);
  expect(copied).toEqual(['let a = 1;\n']);
  expect(document.querySelector('textarea')).toBeNull();
});

test('focus returns to where it was', async () => {
  vi.stubGlobal('isSecureContext', false);
  oldCommand(true);
  const button = document.createElement('button');
  document.body.append(button);
  button.focus();
  await copyText('x');
  expect(document.activeElement).toBe(button);
});

test('a refused clipboard falls back', async () => {
  vi.stubGlobal('isSecureContext', true);
  vi.stubGlobal('navigator', {
    clipboard: { writeText: () => Promise.reject(new Error('not allowed')) },
  });
  const copied = oldCommand(true);
  expect(await copyText('x')).toBe(true);
  expect(copied).toEqual(['x']);
});

test('says so when nothing works', async () => {
  vi.stubGlobal('isSecureContext', false);
  oldCommand(false);
  expect(await copyText('x')).toBe(false);
});
