import { expect, test } from 'vitest';

import { BoardRows } from './board-model';
import { attendee, facilitator, git, python, rowsOf, waits } from './testing';

test('a row shows what is done, where they are and what they have not opened', () => {
  const [row] = rowsOf([facilitator, attendee(2, { current: 'b', completed: ['a'] })]);
  expect(row).toMatchObject({ seat: 2, isOnline: true, position: 2, completed: 1 });
  expect(row?.cells).toEqual(['done', 'here', 'unopened', 'unopened']);
});

test('facilitators are not on the board, two of a name are told apart', () => {
  const rows = rowsOf([
    facilitator,
    attendee(2, { name: 'Ada' }),
    attendee(3, { name: 'Ada', ordinal: 2 }),
  ]);
  expect(rows.map((row) => row.label)).toEqual(['Ada', 'Ada\u00a0·2']);
});

test('somebody in another codelab keeps their marks but does not dwell here', () => {
  const [row] = rowsOf([attendee(2, { current: 'a', since: 5, last: 'python' })]);
  expect(row).toMatchObject({ isElsewhere: true, position: 1, enteredAtMs: null });
});

test('of a thousand people, one who moves costs one row', () => {
  const maker = new BoardRows();
  const before = Array.from({ length: 1000 }, (_, index) => attendee(index + 2, { current: 'a' }));
  const online = new Set(before.map((entry) => entry.person.seat));
  const rows = maker.of(before, online, [], git);

  const moved = before.map((entry, index) =>
    index === 500 ? attendee(502, { current: 'b', completed: ['a'] }) : entry,
  );
  const next = maker.of(moved, new Set(online), [], git);
  expect(next.filter((row, index) => row !== rows[index]).map((row) => row.seat)).toEqual([502]);
});

test('a row is made anew when presence or help change, and for another codelab', () => {
  const maker = new BoardRows();
  const ada = attendee(2, { current: 'a' });
  const [calm] = maker.of([ada], new Set([2]), [], git);
  expect(maker.of([ada], new Set(), [], git)[0]?.isOnline).toBe(false);
  const request = waits(ada, 5);
  expect(maker.of([ada], new Set([2]), [request], git)[0]?.help).toBe(request);
  expect(maker.of([ada], new Set([2]), [], python)[0]?.cells).toEqual(['unopened']);
  expect(maker.of([ada], new Set([2]), [], git)[0]).toEqual(calm);
});
