import { expect, test } from 'vitest';

import { reach, summarize } from './summary';
import { attendee, facilitator, rowsOf, waits } from './testing';

test('the figures: joined, away, waiting, finished, and per step', () => {
  const ada = attendee(2, { current: 'a' });
  const rows = rowsOf(
    [
      facilitator,
      ada,
      attendee(3, { current: 'b', completed: ['a'] }),
      attendee(4, { current: 'c', completed: ['a', 'b', 'c', 'd'] }),
      attendee(5),
      attendee(6, { current: 'a', last: 'python' }),
    ],
    { away: [3], waiting: [waits(ada, 1)] },
  );
  expect(summarize(rows, 4)).toMatchObject({
    joined: 5,
    away: 1,
    waiting: 1,
    finished: 1,
    unopened: 1,
    steps: [
      { here: 1, done: 2 },
      { here: 1, done: 1 },
      { here: 1, done: 1 },
      { here: 0, done: 1 },
    ],
  });
});

test('how far the room is says those who are in it', () => {
  const roster = [
    attendee(2, { current: 'a' }),
    attendee(3, { current: 'a' }),
    attendee(4, { current: 'c' }),
    attendee(5, { current: 'c' }),
  ];
  expect(summarize(rowsOf(roster, { away: [2, 3] }), 4).reach).toMatchObject({
    median: 3,
    isTogether: true,
    people: 2,
  });
  // After the end nobody is connected, and all count.
  expect(summarize(rowsOf(roster, { away: [2, 3, 4, 5] }), 4).reach?.people).toBe(4);
});

test('who has done everything is at the end, wherever they look', () => {
  const rows = rowsOf([attendee(2, { current: 'a', completed: ['a', 'b', 'c', 'd'] })]);
  expect(summarize(rows, 4).reach?.median).toBe(4);
});

test('half of the room is at the median or further, a quarter beyond each end', () => {
  expect(reach([])).toBeNull();
  expect(reach([3])).toMatchObject({ median: 3, low: 3, high: 3, isTogether: true });
  expect(reach([1, 5])).toMatchObject({ median: 5, low: 1, high: 5, isTogether: false });
  expect(reach([6, 2, 3, 3, 4, 5, 9, 1])).toMatchObject({ median: 4, low: 2, high: 6 });
  for (let people = 1; people < 30; people += 1) {
    const positions = Array.from({ length: people }, (_, index) => (index * 7) % 11);
    const found = reach(positions);
    const further = positions.filter((position) => found && position >= found.median).length;
    expect(further * 2, String(people)).toBeGreaterThanOrEqual(people);
  }
});
