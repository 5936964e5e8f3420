import { expect, test } from 'vitest';

import { ordinal } from './ordinal';

test('places are said in English, and counted in messages elsewhere', () => {
  const said = [1, 2, 3, 4, 11, 12, 13, 21, 22, 113].map((place) => ordinal(place, 'en'));
  expect(said.join(' ')).toBe('1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 113th');
  expect(ordinal(3, 'ko')).toBe('3');
});
