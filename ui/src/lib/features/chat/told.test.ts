import { expect, test } from 'vitest';

import type { Message, Person } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';

import { toldBy } from './told';

const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };
const mina: Person = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 };

let next = 0;
function waiting(id: string, body: CommandBody): PendingCommand {
  next += 1;
  return { id, body, sinceMs: next, order: next };
}

const said = (from: Person, text: string, more: Partial<Message> = {}): Message => {
  return { id: 1, kind: 'chat', from, text, atMs: 0, ...more };
};

const PENDING = [
  waiting('a', { type: 'post_message', text: 'ok' }),
  waiting('b', { type: 'raise_help' }),
  waiting('c', { type: 'post_message', text: 'ok' }),
  waiting('d', { type: 'post_direct_message', text: 'ok' }),
  waiting('e', { type: 'post_message', text: '', picture: 'f1' }),
  waiting('f', { type: 'announce', text: 'ok' }),
];

const told = (messages: Message[], before: string[] = []): string[] =>
  toldBy(messages, PENDING, new Set(before), ada);

test('each message is one command, the oldest that says the same', () => {
  expect(told([said(ada, 'ok')])).toEqual(['a']);
  expect(told([said(ada, 'ok')], ['a'])).toEqual(['c']);
  expect(told([said(ada, 'ok'), said(ada, 'ok'), said(ada, 'ok')])).toEqual(['a', 'c']);
});

test('where it was said and what hangs on it tell one from another', () => {
  expect(told([said(ada, 'ok', { kind: 'direct', with: ada })])).toEqual(['d']);
  expect(told([said(ada, 'ok', { kind: 'direct', with: mina })])).toEqual([]);
  expect(told([said(ada, 'ok', { kind: 'announcement' })])).toEqual(['f']);
  expect(told([said(ada, '', { picture: { file: 'f1', width: 4, height: 3 } })])).toEqual(['e']);
  expect(told([said(ada, '', { picture: { file: 'f2', width: 4, height: 3 } })])).toEqual([]);
});

test('what others say is not it', () => {
  expect(told([said(mina, 'ok'), said(ada, 'no')])).toEqual([]);
});
