import { expect, test } from 'vitest';

import { AVATAR_COLOURS, avatarColour, initials } from './initials';

test.each([
  ['Ada', 'A'],
  ['ada lovelace', 'AL'],
  ['Grace Brewster Hopper', 'GH'],
  ['김철수', '김'],
  ['  ', '?'],
  ['👩‍💻 Lin', '👩‍💻L'],
])('%s is %s', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

test('a name keeps its colour', () => {
  expect(avatarColour('Ada')).toBe(avatarColour('Ada'));
  const used = new Set(
    Array.from({ length: 100 }, (_, index) => avatarColour(`P${String(index)}`)),
  );
  expect(used.size).toBe(AVATAR_COLOURS);
});
