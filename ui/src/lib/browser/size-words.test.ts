import { expect, test } from 'vitest';

import { sizeWords } from './size-words';

test('a size has one unit and few digits', () => {
  expect(sizeWords(1, 'en')).toBe('1 byte');
  expect(sizeWords(999, 'en')).toBe('999 bytes');
  expect(sizeWords(1440, 'en')).toBe('1.4 kB');
  expect(sizeWords(999_600, 'en')).toBe('1 MB');
  expect(sizeWords(23_456_789, 'en')).toBe('23 MB');
  expect(sizeWords(2_147_483_648, 'ko')).toBe('2.1GB');
});
