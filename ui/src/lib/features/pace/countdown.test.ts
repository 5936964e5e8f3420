import { expect, test } from 'vitest';

import { clockText, extendedSeconds, leftMs, part } from './countdown';

const timer = { startedAtMs: 1_000_000, endsAtMs: 1_300_000 };

test('a countdown goes to zero and stays there', () => {
  expect(leftMs(timer, 1_000_000)).toBe(300_000);
  expect(leftMs(timer, 1_299_999)).toBe(1);
  expect(leftMs(timer, 1_300_000)).toBe(0);
  expect(leftMs(timer, 9_000_000)).toBe(0);
});

test.each([
  [300_000, '5:00'],
  [299_999, '5:00'],
  [299_000, '4:59'],
  [1, '0:01'],
  [0, '0:00'],
  [61_000, '1:01'],
  [3_600_000, '1:00:00'],
  [3_599_000, '59:59'],
  [86_400_000, '24:00:00'],
])('%i ms read as %s', (ms, text) => {
  expect(clockText(ms)).toBe(text);
});

test('the part that has run', () => {
  expect(part(timer, 1_000_000)).toBe(0);
  expect(part(timer, 1_150_000)).toBe(0.5);
  expect(part(timer, 2_000_000)).toBe(1);
});

test('a minute more is added to what is left', () => {
  expect(extendedSeconds(timer, 1_270_000, 60_000)).toBe(90);
  expect(extendedSeconds(timer, 2_000_000, 60_000)).toBe(60);
});
