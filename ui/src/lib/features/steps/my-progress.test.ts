import { expect, test } from 'vitest';

import type { CommandBody, PendingCommand } from '$lib/connection/outbox';

import { lastCodelab, myProgress } from './my-progress';
import { snapshotOf } from './testing';

const waiting = (...bodies: CommandBody[]): PendingCommand[] =>
  bodies.map((body, order) => ({ id: String(order), body, sinceMs: 0, order }));

const known = snapshotOf({
  progress: [{ codelab: 'git', current: 'g1', completed: ['g1'] }],
  lastCodelab: 'git',
});

test('what waits for its answer counts already, in order', () => {
  const pending = waiting(
    { type: 'complete_step', codelab: 'git', step: 'g2' },
    { type: 'enter_step', codelab: 'git', step: 'g3' },
    { type: 'reopen_step', codelab: 'git', step: 'g1' },
    { type: 'post_message', text: 'hi' },
    { type: 'enter_step', codelab: 'python', step: 'p1' },
  );
  expect(myProgress(known, pending, 'git')).toEqual({ current: 'g3', completed: new Set(['g2']) });
  expect(myProgress(known, pending, 'python').current).toBe('p1');
  expect(lastCodelab(known, pending)).toBe('python');
});

test('without anything waiting the server has the word', () => {
  expect(myProgress(known, [], 'git')).toEqual({ current: 'g1', completed: new Set(['g1']) });
  expect(myProgress(known, [], 'python')).toEqual({ current: null, completed: new Set() });
  expect(lastCodelab(known, [])).toBe('git');
});
