import { expect, test } from 'vitest';

import type { Message, Person } from '$lib/api/wire';

import { secondsToWait, wroteAtMs } from './slow-mode';

const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };
const bob: Person = { seat: 4, role: 'attendee', name: 'Bob', ordinal: 1 };
const said = (id: number, from: Person, atMs: number): Message => ({
  id,
  kind: 'chat',
  from,
  text: 'x',
  atMs,
});

test('what counts is what one wrote last, sent or not', () => {
  const messages = [said(1, ada, 1000), said(2, bob, 2000)];
  expect(wroteAtMs({ messages, pending: [], clockOffsetMs: 0 }, ada)).toBe(1000);
  expect(wroteAtMs({ messages: [], pending: [], clockOffsetMs: 0 }, ada)).toBeNull();
  const pending = [
    { id: 'x', body: { type: 'post_message', text: 'y' }, sinceMs: 5000, order: 1 },
  ] as const;
  expect(wroteAtMs({ messages, pending, clockOffsetMs: 100 }, ada)).toBe(5100);
});

test('the pause is counted down in whole seconds', () => {
  expect(secondsToWait(1000, 10, 1000)).toBe(10);
  expect(secondsToWait(1000, 10, 3500)).toBe(8);
  expect(secondsToWait(1000, 10, 11_000)).toBe(0);
  expect(secondsToWait(1000, 10, -9_000)).toBe(10);
  expect(secondsToWait(1000, 0, 1000)).toBe(0);
  expect(secondsToWait(null, 10, 1000)).toBe(0);
});
