import { describe, expect, test } from 'vitest';

import type { Message, Person } from '$lib/api/wire';

import { groupMessages, isMentioned, newestAnnouncement, unreadCount } from './message-groups';

const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };
const mina: Person = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 };
const MINUTE = 60_000;

function said(id: number, from: Person, atMs = 0, kind: Message['kind'] = 'chat'): Message {
  return { id, from, atMs, kind, text: `message ${String(id)}` };
}

const shape = (messages: Message[]): string[][] =>
  groupMessages(messages, { thread: 'all', pending: [] }, ada).map((group) =>
    group.lines.map((line) => line.key),
  );

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
    const groups = groupMessages([said(1, ada)], { thread: 'all', pending }, ada);
    expect(groups.map(({ isPending, isOwn }) => [isPending, isOwn])).toEqual([
      [false, true],
      [true, true],
    ]);
    expect(groups.at(-1)?.lines).toMatchObject([{ key: 'x', message: { text: 'later' } }]);
  });
});

test('what is on its way stands in its own thread', () => {
  const pending = [
    { id: 'x', body: { type: 'post_message', text: 'to all' }, sinceMs: 9, order: 1 },
    { id: 'y', body: { type: 'post_direct_message', text: 'to you' }, sinceMs: 9, order: 2 },
    { id: 'z', body: { type: 'post_direct_message', with: 9, text: 'z' }, sinceMs: 9, order: 3 },
  ] as const;
  const keys = (thread: 'all' | number): string[] =>
    groupMessages([], { thread, pending }, ada).map(({ key }) => key);
  expect(keys('all')).toEqual(['x']);
  expect(keys(ada.seat)).toEqual(['y']);
  expect(keys(9)).toEqual(['z']);
});

test('what was taken back is no news', () => {
  const messages = [{ ...said(1, mina), text: '', deleted: true }, said(2, mina)];
  expect(unreadCount(messages, 0, ada)).toBe(1);
});

test('who is called by name knows', () => {
  expect(isMentioned({ ...said(1, mina), mentions: [ada] }, ada)).toBe(true);
  expect(isMentioned({ ...said(1, mina), mentions: [mina] }, ada)).toBe(false);
  expect(isMentioned(said(1, mina), ada)).toBe(false);
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
