import { expect, test } from 'vitest';

import type { AgendaCodelab } from '$lib/api/wire';

import { markIn, nearestStep, shiftOf } from './revision';

const codelab = (...steps: string[]): AgendaCodelab => ({
  codelab: 'git',
  title: 'Git',
  steps: steps.map((step) => ({ step, title: step, content: step })),
});

test('who read a step that is gone goes on beside it', () => {
  const before = codelab('a', 'b', 'c', 'd');
  const to = (after: AgendaCodelab, gone: string) => nearestStep(before, after, gone)?.step;
  expect(to(codelab('a', 'b', 'd'), 'c')).toBe('b');
  expect(to(codelab('d', 'new', 'a'), 'c')).toBe('a');
  expect(to(codelab('b', 'c', 'd'), 'a')).toBe('b');
  expect(to(codelab('new', 'd'), 'b')).toBe('d');
  expect(to(codelab('new'), 'b')).toBe('new');
  expect(to(codelab(), 'b')).toBeUndefined();
});

/** A page of parts, each 100 pixels high, of which the first stands at `top`. */
function pageAt(top: number, ...texts: string[]): Element {
  const page = document.createElement('div');
  for (const [index, text] of texts.entries()) {
    const part = document.createElement('p');
    part.textContent = text;
    part.getBoundingClientRect = () => new DOMRect(0, top + index * 100, 0, 100);
    page.append(part);
  }
  return page;
}

test('what is read stays where it was', () => {
  const mark = markIn(pageAt(-180, 'one', 'two', 'three'), 64);
  expect(mark).toEqual({ text: 'three', index: 2, top: 20 });
  if (mark === null) return;
  // Two more above it: the window has to follow.
  expect(shiftOf(pageAt(-180, 'new', 'newer', 'one', 'two', 'three'), mark)).toBe(200);
  expect(shiftOf(pageAt(-180, 'two', 'three'), mark)).toBe(-100);
  expect(shiftOf(pageAt(-180, 'one', 'two', 'rewritten'), mark)).toBe(0);
  expect(shiftOf(pageAt(-180, 'three', 'one', 'three', 'three'), mark)).toBe(0);
});

test('below the end of a page nothing is in sight', () => {
  expect(markIn(pageAt(-500, 'one'), 64)).toBeNull();
});
