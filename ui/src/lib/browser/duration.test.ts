import { expect, test } from 'vitest';

import { formatMinutes, formatMinutesNarrow, formatWait } from './duration';

const MINUTE = 60_000;

test('minutes, then hours and minutes', () => {
  expect(formatMinutes(59_999, 'en')).toBe('0 min');
  expect(formatMinutes(7 * MINUTE + 30_000, 'en')).toBe('7 min');
  expect(formatMinutes(60 * MINUTE, 'en')).toBe('1 hr');
  expect(formatMinutes(125 * MINUTE, 'en')).toBe('2 hr 5 min');
  expect(formatMinutes(125 * MINUTE, 'ko')).toBe('2시간 5분');
});

test('a wait begins with seconds', () => {
  expect(formatWait(12_900, 'en')).toBe('12 sec');
  expect(formatWait(MINUTE, 'en')).toBe('1 min');
});

test('clocks that differ make no negative span', () => {
  expect(formatMinutes(-5000, 'en')).toBe('0 min');
  expect(formatWait(-5000, 'en')).toBe('0 sec');
});

test('where there is no room, minutes and then hours alone', () => {
  expect(formatMinutesNarrow(7 * MINUTE + 30_000, 'en')).toBe('7m');
  expect(formatMinutesNarrow(99 * MINUTE, 'en')).toBe('99m');
  expect(formatMinutesNarrow(125 * MINUTE, 'en')).toBe('2h');
  expect(formatMinutesNarrow(7 * MINUTE, 'ko')).toBe('7분');
});
