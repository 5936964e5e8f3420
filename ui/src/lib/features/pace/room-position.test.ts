import { describe, expect, test } from 'vitest';

import type { AgendaCodelab, Pulse, Snapshot } from '$lib/api/wire';

import { catchUp, roomPosition } from './room-position';

const codelab = (id: string, count: number): AgendaCodelab => ({
  codelab: id,
  title: id,
  steps: Array.from({ length: count }, (_, index) => ({
    step: `${id}${String(index + 1)}`,
    title: `Step ${String(index + 1)}`,
    content: '',
  })),
});
const agenda = [codelab('g', 6), codelab('p', 3)];

/** How many are at each step of the first and of the second codelab. */
function pulse(...here: number[][]): Pulse {
  return {
    attendees: 9,
    online: 9,
    codelabs: agenda.map(({ codelab: id, steps }, at) => ({
      codelab: id,
      steps: steps.map(({ step }, index) => ({
        step,
        here: here[at]?.[index] ?? 0,
        completed: 0,
      })),
    })),
  };
}

function snapshot(current: string | null, more: Partial<Snapshot> = {}): Snapshot {
  const progress = current ? [{ codelab: 'g', current, completed: [] }] : [];
  return {
    seq: 1,
    workshop: 'w1',
    title: 'Tuesday',
    status: 'live',
    startedAtMs: 0,
    agenda,
    you: {
      person: { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 },
      following: true,
      progress,
      ...(current ? { lastCodelab: 'g' } : {}),
    },
    facilitators: [],
    messages: [],
    hasOlderMessages: false,
    ...more,
  };
}

describe('where the room is', () => {
  test('is the lower middle of its people', () => {
    expect(roomPosition(agenda, pulse([1, 1, 0, 0, 2]))?.position).toBe(2);
    expect(roomPosition(agenda, pulse([1, 0, 0, 0, 2]))?.position).toBe(5);
    expect(roomPosition(agenda, pulse([0, 0, 3]))?.position).toBe(3);
  });

  test('is nowhere before anybody opened a step', () => {
    expect(roomPosition(agenda, pulse())).toBeNull();
  });

  test('is in the next codelab once most have opened it', () => {
    const few = roomPosition(agenda, pulse([0, 0, 0, 0, 0, 9], [3]));
    expect(few).toMatchObject({ codelab: { codelab: 'g' }, position: 6 });
    const most = roomPosition(agenda, pulse([0, 0, 0, 0, 0, 9], [1, 5]));
    expect(most).toMatchObject({ codelab: { codelab: 'p' }, position: 2 });
  });

  test('does not count oneself', () => {
    const own = [{ codelab: 'g', current: 'g1', completed: [] }];
    expect(roomPosition(agenda, pulse([2, 0, 0, 0, 1]), own)?.position).toBe(1);
    expect(roomPosition(agenda, pulse([1, 0, 0, 0, 1]), own)?.position).toBe(5);
  });
});

describe('catching up', () => {
  test('is offered two steps behind, not one', () => {
    expect(catchUp(snapshot('g1'), pulse([1, 0, 2]))?.position).toBe(3);
    expect(catchUp(snapshot('g1'), pulse([1, 2]))).toBeNull();
    expect(catchUp(snapshot(null), pulse([0, 0, 2]))?.position).toBe(3);
  });

  test('is nothing for who has done something, or is ahead', () => {
    const progress = [{ codelab: 'g', current: 'g1', completed: ['g1'] }];
    const done = snapshot('g1');
    const working = { ...done, you: { ...done.you, progress } };
    expect(catchUp(working, pulse([1, 0, 0, 3]))).toBeNull();
    expect(catchUp(snapshot('g5'), pulse([0, 0, 3, 0, 1]))).toBeNull();
  });

  test('takes a room, not one person', () => {
    expect(catchUp(snapshot('g1'), pulse([1, 0, 0, 0, 1]))).toBeNull();
  });

  test('never leads to a locked step, nor on after the end', () => {
    const stepLimits = [{ codelab: 'g', last: 'g2' }];
    expect(catchUp(snapshot('g1', { stepLimits }), pulse([1, 0, 3]))).toBeNull();
    expect(catchUp(snapshot('g1', { status: 'ended' }), pulse([1, 0, 3]))).toBeNull();
  });

  test('facilitators come when they like', () => {
    const mine = snapshot('g1');
    const person = { ...mine.you.person, role: 'facilitator' as const };
    expect(catchUp({ ...mine, you: { ...mine.you, person } }, pulse([1, 0, 3]))).toBeNull();
  });
});
