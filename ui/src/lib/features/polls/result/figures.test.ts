import { expect, test } from 'vitest';

import { percent, scaleFigures } from './figures';

test('nobody is no percent', () => {
  expect(percent(0, 0)).toBe(0);
  expect(percent(1, 3)).toBe(33);
  expect(percent(2, 3)).toBe(67);
});

test('mean and median of a scale', () => {
  expect(scaleFigures([0, 0, 0])).toBeNull();
  expect(scaleFigures([1, 0, 0, 0, 1])).toEqual({ mean: 3, median: 3 });
  expect(scaleFigures([0, 3, 0, 1])).toEqual({ mean: 2.5, median: 2 });
  expect(scaleFigures([2, 0, 1, 1])).toEqual({ mean: 2.25, median: 2 });
  expect(scaleFigures([0, 0, 0, 4])).toEqual({ mean: 4, median: 4 });
});
