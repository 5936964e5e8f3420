import { expect, test } from 'vitest';

import type { Message, Person } from '$lib/api/wire';

import { directThreads, isOfThread } from './threads';

const mina: Person = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 };
const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };
const bob: Person = { seat: 4, role: 'attendee', name: 'Bob', ordinal: 1 };
const direct = (id: number, from: Person, person: Person): Message => ({
  id,
  kind: 'direct',
  from,
  with: person,
  text: 'x',
  atMs: id,
});

test('a thread per attendee, the newest first, with what they wrote since', () => {
  const messages = [
    direct(2, ada, ada),
    direct(5, bob, bob),
    direct(7, ada, ada),
    direct(9, mina, ada),
  ];
  const threads = directThreads(messages, (seat) => (seat === ada.seat ? 2 : 0));
  expect(threads.map(({ person, last, unread }) => [person.name, last.id, unread])).toEqual([
    ['Ada', 9, 1],
    ['Bob', 5, 1],
  ]);
});

test('direct messages are not for everybody', () => {
  const message = direct(1, ada, ada);
  expect(isOfThread(message, 'all')).toBe(false);
  expect(isOfThread(message, ada.seat)).toBe(true);
  expect(isOfThread(message, bob.seat)).toBe(false);
});
