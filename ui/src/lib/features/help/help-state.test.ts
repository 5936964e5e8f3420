import { describe, expect, test } from 'vitest';

import type { HelpRequest } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';

import { claimedWords, helpMark, helpNews, helpState, helpWords, placeWords } from './help-state';

const open: HelpRequest = {
  id: 7,
  from: { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 },
  raisedAtMs: 0,
  status: 'open',
};
const mina = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 } as const;
const claimed: HelpRequest = { ...open, status: 'claimed', by: mina };

const waiting = (...bodies: CommandBody[]): PendingCommand[] =>
  bodies.map((body, order) => ({ id: String(order), body, sinceMs: 0, order }));

describe('the state', () => {
  test('follows the request', () => {
    expect(helpState(null, null, [])).toEqual({ kind: 'calm' });
    expect(helpState(open, null, []).kind).toBe('waiting');
    expect(helpState(claimed, null, []).kind).toBe('claimed');
  });

  test('shows what has no answer yet', () => {
    expect(helpState(null, null, waiting({ type: 'raise_help', message: 'stuck' }))).toEqual({
      kind: 'sending',
      message: 'stuck',
    });
    expect(helpState(open, null, waiting({ type: 'withdraw_help', helpRequest: 7 }))).toEqual({
      kind: 'withdrawing',
    });
  });

  test('knows the place of this request only', () => {
    const place = { helpRequest: 7, place: 2, waiting: 5 };
    expect(helpState(open, place, [])).toMatchObject({ place });
    expect(helpState(open, { ...place, helpRequest: 6 }, [])).toMatchObject({ place: null });
  });
});

test('the words tell the place in the queue', () => {
  expect(placeWords({ helpRequest: 7, place: 2, waiting: 5 })).toBe('Number 2 of 5 in the queue');
  expect(placeWords({ helpRequest: 7, place: 1, waiting: 1 })).toContain('next');
  expect(placeWords(null)).not.toBe('');
});

test('the words name who comes', () => {
  expect(claimedWords(claimed)).toBe('Mina is on the way');
  expect(claimedWords({ ...open, status: 'claimed' })).not.toBe('');
});

test('the button says how it stands', () => {
  const place = { helpRequest: 7, place: 3, waiting: 5 };
  expect(helpWords(helpState(null, null, []))).toBe('Ask for help');
  expect(helpWords(helpState(open, place, []))).toBe('Number 3 of 5 in the queue');
  expect(helpMark(helpState(null, null, []))).toBeUndefined();
  expect(helpMark(helpState(open, place, []))).toBe('3');
  expect(helpMark(helpState(open, null, []))).toBe('…');
  expect(helpMark(helpState(claimed, place, []))).toBe('!');
});

describe('news', () => {
  test('when somebody is on the way', () => {
    expect(helpNews(open, claimed, new Set())).toBe('claimed');
    expect(helpNews(claimed, claimed, new Set())).toBeNull();
  });

  test('when it is solved, but not when one took it back', () => {
    expect(helpNews(claimed, null, new Set())).toBe('resolved');
    expect(helpNews(open, null, new Set([7]))).toBeNull();
    expect(helpNews(null, open, new Set())).toBeNull();
  });
});
