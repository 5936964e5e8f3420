import { expect, test } from 'vitest';

import type { AgendaCodelab, HelpRequest, Person } from '$lib/api/wire';

import {
  isHandedBack,
  isMine,
  orderQueue,
  queueFigures,
  recentlyHelped,
  stuckAt,
  waitedMs,
} from './help-queue';

const mina: Person = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 };
const jun: Person = { seat: 2, role: 'facilitator', name: 'Jun', ordinal: 1 };
const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };

function request(id: number, raisedAtMs: number, by?: Person): HelpRequest {
  const base = { id, from: ada, raisedAtMs };
  return by ? { ...base, status: 'claimed', by } : { ...base, status: 'open' };
}

test('own ones first, then the oldest', () => {
  const queue = [request(1, 10), request(2, 20, jun), request(3, 30, mina), request(4, 5)];
  expect(orderQueue(queue, mina.seat).map(({ id }) => id)).toEqual([3, 4, 1, 2]);
  expect(orderQueue(queue, null).map(({ id }) => id)).toEqual([4, 1, 2, 3]);
});

test('of the same moment the first raised comes first', () => {
  expect(orderQueue([request(8, 10), request(7, 10)], 1).map(({ id }) => id)).toEqual([7, 8]);
});

test('mine is what I claimed', () => {
  expect(isMine(request(1, 1, mina), mina.seat)).toBe(true);
  expect(isMine(request(1, 1, jun), mina.seat)).toBe(false);
  expect(isMine(request(1, 1), mina.seat)).toBe(false);
});

test('a request tells where somebody is stuck', () => {
  const step = { step: 'b', title: 'Branches', content: 'x' };
  const git: AgendaCodelab = {
    codelab: 'git',
    title: 'Git',
    steps: [{ step: 'a', title: 'Start', content: 'y' }, step],
  };
  const at = { ...request(1, 1), codelab: 'git', step: 'b' };
  expect(stuckAt(at, [git])).toEqual({ codelab: git, step, position: 2 });
  expect(stuckAt({ ...at, step: 'gone' }, [git])).toBeNull();
  expect(stuckAt(request(1, 1), [git])).toBeNull();
});

test('what was taken on and is open again was handed back', () => {
  expect(isHandedBack(request(1, 10))).toBe(false);
  expect(isHandedBack({ ...request(1, 10), takenAtMs: 20 })).toBe(true);
  expect(isHandedBack({ ...request(1, 10, mina), takenAtMs: 20 })).toBe(false);
});

test('a wait ends when a facilitator first took it on', () => {
  expect(waitedMs(request(1, 10))).toBeNull();
  expect(waitedMs({ ...request(1, 10), takenAtMs: 25 })).toBe(15);
});

test('the figures are of today', () => {
  const noon = new Date(2026, 4, 9, 12).getTime();
  const at = (minutes: number): number => noon + minutes * 60_000;
  const helped = (id: number, raised: number, taken: number): HelpRequest => ({
    ...request(id, at(raised)),
    status: 'resolved',
    by: mina,
    takenAtMs: at(taken),
    closedAtMs: at(taken + 1),
  });
  const yesterday = helped(1, -24 * 60, -23 * 60);
  const requests = [
    yesterday,
    helped(2, 0, 2),
    helped(3, 0, 4),
    helped(4, 0, 9),
    request(5, at(8)),
    { ...request(6, at(9), jun), takenAtMs: at(10) },
  ];
  expect(queueFigures(requests, at(20))).toEqual({
    waiting: 2,
    medianMs: 4 * 60_000,
    longestMs: 12 * 60_000,
    helped: 3,
  });
  expect(queueFigures([], at(20))).toEqual({
    waiting: 0,
    medianMs: null,
    longestMs: null,
    helped: 0,
  });
  expect(recentlyHelped(requests, 2).map(({ id }) => id)).toEqual([4, 3]);
});
