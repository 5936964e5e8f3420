import { expect, test } from 'vitest';

import { dwellMs, heat } from './dwell';
import { attendee, MINUTE, rowsOf, type Place } from './testing';

const dwell = (place: Place, nowMs: number, away: number[] = []): number | null => {
  const [row] = rowsOf([attendee(2, place)], { away });
  return row ? dwellMs(row, nowMs) : null;
};

test('counts from entering the step, and never below zero', () => {
  expect(dwell({ current: 'a', since: 1000 }, 61_000)).toBe(MINUTE);
  expect(dwell({ current: 'a', since: 1000 }, 500)).toBe(0);
});

test('is nothing for who is away, elsewhere, done with the step or has not begun', () => {
  expect(dwell({ current: 'a' }, MINUTE, [2])).toBeNull();
  expect(dwell({ current: 'a', last: 'python' }, MINUTE)).toBeNull();
  expect(dwell({ current: 'a', completed: ['a'] }, MINUTE)).toBeNull();
  expect(dwell({ current: 'd', completed: ['a', 'b', 'c', 'd'] }, MINUTE)).toBeNull();
  expect(dwell({}, MINUTE)).toBeNull();
});

test('a cell warms up against the plan, and never without one', () => {
  expect(heat(2 * MINUTE, 5)).toBe('fresh');
  expect(heat(2.5 * MINUTE, 5)).toBe('within');
  expect(heat(5 * MINUTE, 5)).toBe('within');
  expect(heat(5 * MINUTE + 1, 5)).toBe('over');
  expect(heat(10 * MINUTE, 5)).toBe('over');
  expect(heat(10 * MINUTE + 1, 5)).toBe('long');
  expect(heat(90 * MINUTE, undefined)).toBe('within');
});
