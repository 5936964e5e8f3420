import { expect, test } from 'vitest';

import type { RosterEntry } from '$lib/api/wire';

import { headcount } from './headcount';

const entry = (seat: number, name: string, role: 'attendee' | 'facilitator'): RosterEntry => ({
  person: { seat, role, name, ordinal: 1 },
  joinedAtMs: 0,
  activeAtMs: 0,
  following: true,
  progress: [],
});

test('everybody is counted once, facilitators never, and who is away comes last', () => {
  const roster = [
    entry(1, 'Mina', 'facilitator'),
    entry(2, 'Ada', 'attendee'),
    entry(3, 'Bob', 'attendee'),
    entry(4, 'Cleo', 'attendee'),
    entry(5, 'Dan', 'attendee'),
  ];
  const heads = headcount(
    roster,
    [
      { seat: 2, answer: 'done' },
      { seat: 3, answer: 'stuck' },
    ],
    new Set([1, 2, 3, 5]),
  );
  expect(heads.done.map(({ name }) => name)).toEqual(['Ada']);
  expect(heads.stuck.map(({ name }) => name)).toEqual(['Bob']);
  expect(heads.silent).toEqual([
    { seat: 5, name: 'Dan', isAway: false },
    { seat: 4, name: 'Cleo', isAway: true },
  ]);
});
