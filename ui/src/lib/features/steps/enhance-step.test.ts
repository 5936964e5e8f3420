import { afterEach, beforeEach, expect, test } from 'vitest';

import { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

import { enhanceStep, type StepImage } from './enhance-step';
import { readTicks } from './ticks';

let root: HTMLElement;
let shown: StepImage[];
let undo: () => void;

function show(html: string): void {
  root = document.createElement('div');
  root.innerHTML = html;
  document.body.append(root);
  shown = [];
  undo = enhanceStep(root, {
    room: { workshop: new LiveWorkshop('w1'), codelab: 'git', step: 'g1' },
    onimage: (image) => shown.push(image),
  });
}

beforeEach(() => {
  localStorage.clear();
});

afterEach(() => {
  undo();
  root.remove();
});

test('every code block gets a copy button', () => {
  show('<pre class="code"><code>a</code></pre><pre class="code console"><code>$ b</code></pre>');
  expect(root.querySelectorAll('.code-frame > pre + div button')).toHaveLength(2);
});

test('images open larger, but not icons and not links', () => {
  show(
    '<p><img src="/a.png" alt="A" width="400"><img src="/i.png" alt="" width="16">' +
      '<a href="https://x.test"><img src="/b.png" alt="B" width="400"></a></p>',
  );
  const buttons = [...root.querySelectorAll('button')];
  expect(buttons.map((button) => button.getAttribute('aria-label'))).toEqual(['Show larger: A']);
  buttons[0]?.click();
  expect(shown.map(({ alt }) => alt)).toEqual(['A']);
});

test('ticks stay', () => {
  const list =
    '<ul><li class="task"><input type="checkbox" disabled> one</li>' +
    '<li class="task"><p><input type="checkbox" disabled checked> two</p></li></ul>';
  show(list);
  const boxes = [...root.querySelectorAll('input')];
  expect(boxes.map(({ disabled, checked }) => [disabled, checked])).toEqual([
    [false, false],
    [false, true],
  ]);
  expect(boxes[0]?.getAttribute('aria-label')).toBe('one');
  boxes[0]?.click();
  boxes[1]?.click();
  expect(readTicks('w1', 'g1')).toEqual(new Set([0]));

  undo();
  root.remove();
  show(list);
  expect([...root.querySelectorAll('input')].map(({ checked }) => checked)).toEqual([true, false]);
});
