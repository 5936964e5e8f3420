import { describe, expect, test } from 'vitest';

import type { AgendaCodelab, HelpRequest, RosterEntry } from '$lib/api/wire';

import { boardRows, dwellMs, isLong, searchRows, sortRows, summarize } from './board-model';

const MINUTE = 60_000;
const git: AgendaCodelab = {
  codelab: 'git',
  title: 'Git',
  steps: ['a', 'b', 'c'].map((step) => ({ step, title: step, minutes: 5, content: step })),
};

interface Place {
  name?: string;
  ordinal?: number;
  current?: string;
  since?: number;
  completed?: string[];
  last?: string;
}

function attendee(seat: number, place: Place = {}): RosterEntry {
  const { name = `P${String(seat)}`, ordinal = 1, current, since, completed = [], last } = place;
  const isOpened = current !== undefined || completed.length > 0;
  return {
    person: { seat, role: 'attendee', name, ordinal },
    activeAtMs: 0,
    following: true,
    joinedAtMs: seat,
    progress: isOpened
      ? [
          {
            codelab: 'git',
            completed,
            ...(current === undefined ? {} : { current, enteredAtMs: since ?? 0 }),
          },
        ]
      : [],
    ...(last === undefined ? {} : { lastCodelab: last }),
  };
}

const facilitator: RosterEntry = {
  person: { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 },
  activeAtMs: 0,
  following: true,
  joinedAtMs: 0,
  progress: [],
};

function waits(entry: RosterEntry, raisedAtMs: number): HelpRequest {
  return { id: raisedAtMs, from: entry.person, raisedAtMs, status: 'open' };
}

const rowsOf = (...roster: RosterEntry[]) => boardRows(roster, new Set([2]), [], git);

test('a row shows what is done, where they are and what they have not opened', () => {
  const [row] = rowsOf(facilitator, attendee(2, { current: 'b', completed: ['a'], last: 'git' }));
  expect(row).toMatchObject({ seat: 2, isOnline: true, position: 2, completed: 1 });
  expect(row?.cells).toEqual(['done', 'here', 'unopened']);
});

test('facilitators are not on the board, two of a name are told apart', () => {
  const rows = rowsOf(
    facilitator,
    attendee(2, { name: 'Ada' }),
    attendee(3, { name: 'Ada', ordinal: 2 }),
  );
  expect(rows.map((row) => row.label)).toEqual(['Ada', 'Ada\u00a0·2']);
  expect(rows[0]?.cells).toEqual(['unopened', 'unopened', 'unopened']);
});

test('somebody in another codelab keeps their marks but does not dwell here', () => {
  const [row] = rowsOf(attendee(2, { current: 'a', since: 5, last: 'python' }));
  expect(row).toMatchObject({ isElsewhere: true, position: 1, enteredAtMs: null });
  expect(row && dwellMs(row, 10)).toBeNull();
});

describe('dwell', () => {
  test('counts from entering the step, and never below zero', () => {
    const [row] = rowsOf(attendee(2, { current: 'a', since: 1000, last: 'git' }));
    expect(row && dwellMs(row, 61_000)).toBe(MINUTE);
    expect(row && dwellMs(row, 500)).toBe(0);
  });

  test('is over when everything is done', () => {
    const [row] = rowsOf(attendee(2, { current: 'c', completed: ['a', 'b', 'c'], last: 'git' }));
    expect(row?.isFinished).toBe(true);
    expect(row && dwellMs(row, MINUTE)).toBeNull();
  });

  test('is long beyond twice the plan, never without a plan', () => {
    expect(isLong(10 * MINUTE, 5)).toBe(false);
    expect(isLong(10 * MINUTE + 1, 5)).toBe(true);
    expect(isLong(90 * MINUTE, undefined)).toBe(false);
    expect(isLong(null, 5)).toBe(false);
  });
});

describe('order', () => {
  const ahead = attendee(2, { name: 'Zoe', current: 'c', since: 10, last: 'git' });
  const behind = attendee(3, { name: 'ada', current: 'a', since: 20, last: 'git' });
  const stuck = attendee(4, { name: 'Bob', current: 'a', since: 5, last: 'git' });
  const absent = attendee(5, { name: '김민수' });
  const roster = [ahead, behind, stuck, absent];
  const rows = boardRows(roster, new Set(), [waits(ahead, 200), waits(behind, 100)], git);
  const seats = (by: 'name' | 'position' | 'waiting'): number[] =>
    sortRows(rows, by, 'en').map((row) => row.seat);

  test('by name, whatever the case', () => {
    expect(seats('name')).toEqual([3, 4, 2, 5]);
  });

  test('by position: furthest behind first, then who stands longest', () => {
    expect(seats('position')).toEqual([5, 4, 3, 2]);
  });

  test('by waiting: the oldest request first, then who stands longest', () => {
    expect(seats('waiting')).toEqual([3, 2, 4, 5]);
  });
});

test('search minds neither case nor accents', () => {
  const rows = rowsOf(attendee(2, { name: 'Zoë' }), attendee(3, { name: '김민수' }));
  expect(searchRows(rows, ' ZOE ').map((row) => row.seat)).toEqual([2]);
  expect(searchRows(rows, '민수').map((row) => row.seat)).toEqual([3]);
  expect(searchRows(rows, '')).toHaveLength(2);
});

test('the summary counts people, steps and the middle', () => {
  const rows = rowsOf(
    facilitator,
    attendee(2, { current: 'a', last: 'git' }),
    attendee(3, { current: 'b', completed: ['a'], last: 'git' }),
    attendee(4, { current: 'c', completed: ['a', 'b', 'c'], last: 'git' }),
    attendee(5),
  );
  expect(summarize(rows, 3)).toEqual({
    joined: 4,
    online: 1,
    medianPosition: 2,
    finished: 1,
    steps: [
      { here: 1, done: 2 },
      { here: 1, done: 1 },
      { here: 1, done: 1 },
    ],
  });
  expect(summarize([], 0).medianPosition).toBeNull();
});
