import { expect, test } from 'vitest';

import { cloudOf, cloudSize } from './word-cloud';

const word = (text: string, times: number): { word: string; times: number } => ({
  word: text,
  times,
});

test('words stay in the order of the alphabet while their counts change', () => {
  const before = cloudOf([word('merge', 3), word('Branch', 2), word('commit', 1)], 'en');
  const after = cloudOf([word('commit', 9), word('merge', 3), word('Branch', 2)], 'en');
  expect(before.map((found) => found.word)).toEqual(['Branch', 'commit', 'merge']);
  expect(after.map((found) => found.word)).toEqual(before.map((found) => found.word));
});

test('what was given more often is larger, and nothing is while all are equal', () => {
  const [a, b, c] = cloudOf([word('a', 1), word('b', 4), word('c', 9)], 'en');
  expect(a?.em).toBeLessThan(b?.em ?? 0);
  expect(b?.em).toBeLessThan(c?.em ?? 0);
  expect([a?.leads, b?.leads, c?.leads]).toEqual([false, false, true]);
  const equal = cloudOf([word('a', 1), word('b', 1)], 'en');
  expect(equal.map(({ em, leads }) => [em, leads])).toEqual([
    [1, false],
    [1, false],
  ]);
});

test('a cloud of many words is set smaller', () => {
  const many = Array.from({ length: 80 }, (_, index) => word(`word ${String(index)}`, 1));
  const few = cloudOf(many.slice(0, 12), 'en');
  expect(cloudSize(cloudOf(many, 'en'), 'page')).toBeLessThan(cloudSize(few, 'page'));
  expect(cloudSize(few, 'page')).toBeLessThan(cloudSize(few, 'wall'));
  expect(cloudSize([], 'page')).toBeGreaterThan(0);
});
