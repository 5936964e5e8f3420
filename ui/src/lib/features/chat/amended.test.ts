import { expect, test } from 'vitest';

import type { EventMessage, Message } from '$lib/api/wire';

import { amended, isAboutMessage } from './amended';

const message: Message = {
  id: 7,
  kind: 'chat',
  from: { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 },
  text: 'hello',
  atMs: 1,
  replyTo: 2,
};
const at = { seq: 9, atMs: 9, message: 7 };

function after(...events: EventMessage[]): Message {
  return events.filter(isAboutMessage).reduce(amended, message);
}

test('what happens to a message is seen on it', () => {
  const on = { ...at, type: 'reacted', seat: 4, reaction: 'heart', on: true } as const;
  expect(after(on).reactions).toEqual([{ reaction: 'heart', seats: [4] }]);
  expect(after(on, on, { ...on, on: false }).reactions).toEqual([]);
  expect(after({ ...at, type: 'message_pinned', pinned: true }).pinned).toBe(true);
});

test('of what was taken back its place stays, not its words', () => {
  const by = message.from;
  expect(after({ ...at, type: 'message_deleted', by })).toMatchObject({
    id: 7,
    replyTo: 2,
    text: '',
    deleted: true,
  });
});
