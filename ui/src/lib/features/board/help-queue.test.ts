import { expect, test } from 'vitest';

import type { AgendaCodelab, HelpRequest, Person } from '$lib/api/wire';

import { isMine, orderQueue, stuckAt } from './help-queue';

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
