import { describe, expect, test } from 'vitest';

import { filterRows, searchRows, sortRows, stuckSeats, type BoardFilter } from './order';
import type { BoardSort } from './order';
import { whoIsStuck } from './stuck';
import { attendee, git, MINUTE, rowsOf, waits } from './testing';

const ahead = attendee(2, { name: 'Zoe', current: 'c', since: 10 });
const behind = attendee(3, { name: 'ada', current: 'a', since: 20 });
const longer = attendee(4, { name: 'Bob', current: 'a', since: 5 });
const absent = attendee(5, { name: '김민수' });
const done = attendee(6, { name: 'Eve', current: 'a', completed: ['a', 'b', 'c', 'd'] });
const rows = rowsOf([ahead, behind, longer, absent, done], {
  away: [5],
  waiting: [waits(ahead, 100)],
});
const room = { agenda: [git], pace: undefined, paceAnswers: [] };
const stuck = stuckSeats(whoIsStuck(rows, room, 11 * MINUTE));

describe('order', () => {
  const seats = (by: BoardSort): number[] => sortRows(rows, by, stuck, 'en').map((row) => row.seat);

  test('as they joined', () => {
    expect(seats('joined')).toEqual([2, 3, 4, 5, 6]);
  });

  test('by name, whatever the case', () => {
    expect(seats('name')).toEqual([3, 4, 6, 2, 5]);
  });

  test('furthest behind first, then who stands there longest; the finished are ahead', () => {
    expect(seats('behind')).toEqual([5, 4, 3, 2, 6]);
  });

  test('the most urgent first, then all others by name', () => {
    expect(seats('stuck')).toEqual([2, 4, 3, 6, 5]);
  });
});

describe('filter', () => {
  const seats = (filter: BoardFilter): number[] =>
    filterRows(rows, filter, stuck).map((row) => row.seat);

  test('everybody, the stuck, the waiting, the away', () => {
    expect(seats('all')).toEqual([2, 3, 4, 5, 6]);
    expect(seats('stuck')).toEqual([2, 3, 4]);
    expect(seats('waiting')).toEqual([2]);
    expect(seats('away')).toEqual([5]);
  });

  test('who is at a step, but not who was there before they went to another codelab', () => {
    const [gone] = rowsOf([attendee(7, { current: 'a', last: 'python' })]);
    expect(seats(1)).toEqual([3, 4, 6]);
    expect(gone && filterRows([gone], 1, stuck)).toEqual([]);
  });
});

test('search minds neither case nor accents', () => {
  const known = rowsOf([attendee(2, { name: 'Zoë' }), attendee(3, { name: '김민수' })]);
  expect(searchRows(known, ' ZOE ').map((row) => row.seat)).toEqual([2]);
  expect(searchRows(known, '민수').map((row) => row.seat)).toEqual([3]);
  expect(searchRows(known, '')).toHaveLength(2);
});
