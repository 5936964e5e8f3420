import { expect, test } from 'vitest';

import { exportUrl } from './export-url';

test('a file is asked for in the language of the screen', () => {
  expect(exportUrl('abc', 'open_codelabs', 'ko')).toBe(
    '/api/v1/codelabs/abc/export?format=open_codelabs&language=ko',
  );
});
