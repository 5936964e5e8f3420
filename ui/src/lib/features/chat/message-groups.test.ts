import { describe, expect, test } from 'vitest';

import type { Message, Person } from '$lib/api/wire';

import { groupMessages, newestAnnouncement, unreadCount } from './message-groups';

const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };
const mina: Person = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 };
const MINUTE = 60_000;

function said(id: number, from: Person, atMs = 0, kind: Message['kind'] = 'chat'): Message {
  return { id, from, atMs, kind, text: `message ${String(id)}` };
}

const shape = (messages: Message[]): string[][] =>
  groupMessages(messages, [], ada).map((group) => group.lines.map((line) => line.key));

describe('portions', () => {
  test('one person without a pause is one', () => {
    expect(shape([said(1, mina), said(2, mina, MINUTE), said(3, ada, MINUTE)])).toEqual([
      ['1', '2'],
      ['3'],
    ]);
  });

  test('a pause begins another', () => {
    expect(shape([said(1, mina), said(2, mina, 6 * MINUTE)])).toEqual([['1'], ['2']]);
  });

  test('an announcement stands alone', () => {
    const messages = [said(1, mina), said(2, mina, 0, 'announcement'), said(3, mina)];
    expect(shape(messages)).toEqual([['1'], ['2'], ['3']]);
  });

  test('what has no answer yet comes last and is marked', () => {
    const pending = [
      { id: 'x', body: { type: 'post_message', text: 'later' }, sinceMs: 9, order: 1 },
      { id: 'y', body: { type: 'raise_help' }, sinceMs: 9, order: 2 },
    ] as const;
    const groups = groupMessages([said(1, ada)], pending, ada);
    expect(groups.map(({ isPending, isOwn }) => [isPending, isOwn])).toEqual([
      [false, true],
      [true, true],
    ]);
    expect(groups.at(-1)?.lines).toEqual([{ key: 'x', text: 'later' }]);
  });
});

test('unread is what others said since', () => {
  const messages = [said(1, mina), said(2, ada), said(3, mina)];
  expect(unreadCount(messages, 0, ada)).toBe(2);
  expect(unreadCount(messages, 1, ada)).toBe(1);
  expect(unreadCount(messages, 3, ada)).toBe(0);
});

test('only the newest announcement is held up, until it is put away', () => {
  const messages = [
    said(1, mina, 0, 'announcement'),
    said(2, mina, 0, 'announcement'),
    said(3, ada),
  ];
  expect(newestAnnouncement(messages, 0, ada)?.id).toBe(2);
  expect(newestAnnouncement(messages, 2, ada)).toBeNull();
  expect(newestAnnouncement(messages, 0, mina)).toBeNull();
});
