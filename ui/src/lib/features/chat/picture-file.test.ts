import { expect, test } from 'vitest';

import { fitted } from './picture-file';

test.each([
  [4000, 3000, 1600, 1200],
  [3000, 4000, 1200, 1600],
  [800, 600, 800, 600],
  [16_000, 2, 1600, 1],
])('%i × %i becomes %i × %i', (width, height, fitWidth, fitHeight) => {
  expect(fitted(width, height)).toEqual({ width: fitWidth, height: fitHeight });
});
