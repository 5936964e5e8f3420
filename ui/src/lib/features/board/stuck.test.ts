import { describe, expect, test } from 'vitest';

import type { HelpRequest, PaceAnswer, RosterEntry } from '$lib/api/wire';

import { whoIsStuck, type Room, type Stuck } from './stuck';
import { reasonsLine } from './stuck-words';
import { attendee, facilitator, git, MINUTE, python, rowsOf, waits } from './testing';

const NOW = 100 * MINUTE;
const ago = (minutes: number): number => NOW - minutes * MINUTE;
const calm: Room = { agenda: [git, python], pace: undefined, paceAnswers: [] };

function asked(step: string, answers: [seat: number, answer: PaceAnswer][]): Room {
  return {
    ...calm,
    pace: { id: 1, codelab: 'git', step, askedAtMs: ago(1), open: true },
    paceAnswers: answers.map(([seat, answer]) => ({ seat, answer })),
  };
}

interface Facts {
  room?: Room;
  away?: number[];
  waiting?: HelpRequest[];
}

function stuckOf(
  roster: RosterEntry[],
  { room = calm, away = [], waiting = [] }: Facts = {},
): Stuck[] {
  return whoIsStuck(rowsOf(roster, { away, waiting }), room, NOW);
}

/** What is said of the first of them; nothing when nobody is stuck. */
function said(entry: RosterEntry, facts: Facts = {}): string | null {
  const [first] = stuckOf([entry], facts);
  return first ? reasonsLine(first.reasons, 'git') : null;
}

describe('each reason is explained', () => {
  test('a step that takes more than twice its plan', () => {
    const at = (minutes: number) =>
      said(attendee(2, { current: 'c', since: ago(minutes), active: ago(1) }));
    expect(at(14)).toBe('14 min at step 3, planned 5 min');
    expect(at(10)).toBeNull();
  });

  test('in another codelab than the one that is shown', () => {
    const entry = attendee(2, { codelab: 'python', current: 'p', since: ago(8), active: ago(1) });
    expect(said(entry)).toBe('8 min at step 1 of Python, planned 3 min');
  });

  test('waiting for help, and who is on the way', () => {
    const ada = attendee(2, { current: 'a', since: ago(1) });
    const open = waits(ada, ago(6));
    expect(said(ada, { waiting: [open] })).toBe('waiting for 6 min');
    const claimed: HelpRequest = { ...open, status: 'claimed', by: facilitator.person };
    expect(said(ada, { waiting: [claimed] })).toBe('waiting for 6 min · Mina is on the way');
  });

  test('“stuck” as the answer, until they are beyond the step', () => {
    const room = asked('b', [
      [2, 'stuck'],
      [3, 'done'],
    ]);
    const at = (seat: number, current: string) =>
      said(attendee(seat, { current, since: ago(1) }), { room });
    expect(at(2, 'b')).toBe('answered “stuck”');
    expect(at(2, 'a')).toBe('answered “stuck”');
    expect(at(2, 'c')).toBeNull();
    expect(at(3, 'b')).toBeNull();
  });

  test('silence, at a step without a plan and before the first step', () => {
    expect(said(attendee(2, { current: 'd', since: ago(12) }))).toBe('silent for 12 min');
    expect(said(attendee(2, { current: 'd', since: ago(30), active: ago(9) }))).toBeNull();
    expect(said(attendee(2, { active: ago(11) }))).toBe('silent for 11 min');
  });

  test('silence beside a long step only when they did something there', () => {
    const quiet = attendee(2, { current: 'a', since: ago(14) });
    expect(said(quiet)).toBe('14 min at step 1, planned 5 min');
    const spoke = attendee(2, { current: 'a', since: ago(20), active: ago(12) });
    expect(said(spoke)).toBe('20 min at step 1, planned 5 min · silent for 12 min');
  });
});

test('who is away or done is not stuck by being slow or silent', () => {
  const slow = attendee(2, { current: 'a', since: ago(40) });
  expect(stuckOf([slow], { away: [2] })).toEqual([]);
  expect(said(attendee(2, { current: 'a', since: ago(40), completed: ['a'] }))).toBeNull();
  const all = ['a', 'b', 'c', 'd'];
  expect(said(attendee(2, { current: 'b', since: ago(40), completed: all }))).toBeNull();
});

test('who is away still waits for help', () => {
  const ada = attendee(2, { current: 'a' });
  expect(stuckOf([ada], { away: [2], waiting: [waits(ada, ago(3))] })).toHaveLength(1);
});

test('ranked: waiting, answered, long, silent; those being helped last', () => {
  const waiting = attendee(2, { current: 'a', since: ago(1) });
  const answered = attendee(3, { current: 'b', since: ago(1) });
  const long = attendee(4, { current: 'c', since: ago(20), active: ago(1) });
  const silent = attendee(5, { current: 'd', since: ago(11) });
  const helped = attendee(6, { current: 'a', since: ago(1) });
  const claimed: HelpRequest = {
    ...waits(helped, ago(2)),
    status: 'claimed',
    by: facilitator.person,
  };
  const found = stuckOf([silent, helped, long, answered, waiting], {
    room: asked('b', [[3, 'stuck']]),
    waiting: [waits(waiting, ago(2)), claimed],
  });
  expect(found.map(({ row }) => row.seat)).toEqual([2, 3, 4, 6, 5]);
});

test('reasons add up', () => {
  const both = attendee(3, { current: 'b', since: ago(30), active: ago(1) });
  const one = attendee(2, { current: 'b', since: ago(1) });
  const room = asked('b', [
    [2, 'stuck'],
    [3, 'stuck'],
  ]);
  const found = stuckOf([one, both], { room });
  expect(found.map(({ row }) => row.seat)).toEqual([3, 2]);
});
