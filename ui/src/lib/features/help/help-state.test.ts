import { describe, expect, test } from 'vitest';

import type { HelpRequest } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';

import {
  claimedWords,
  helpMark,
  helpNews,
  helpState,
  helpWords,
  isHandedBack,
  placeWords,
  waitWords,
} from './help-state';

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
  expect(placeWords({ helpRequest: 7, place: 2, waiting: 5 })).toBe('You are 2nd of 5');
  expect(placeWords({ helpRequest: 7, place: 1, waiting: 1 })).toContain('next');
  expect(placeWords(null)).not.toBe('');
});

test('the wait is rounded as the estimate it is, and counted down', () => {
  const said = (minutes: number, toldMs = 0): string | null =>
    waitWords({ helpRequest: 7, place: 2, waiting: 5, expectedWaitMs: minutes * 60_000 }, toldMs);
  expect(said(0.2)).toBe('about a minute');
  expect(said(1.4)).toBe('about a minute');
  expect(said(4.4)).toBe('about 4 minutes');
  expect(said(12)).toBe('about 10 minutes');
  expect(said(33)).toBe('about 35 minutes');
  expect(said(4, 2 * 60_000)).toBe('about 2 minutes');
  // It took longer than was expected: nobody knows.
  expect(said(4, 5 * 60_000)).toBeNull();
  expect(waitWords({ helpRequest: 7, place: 2, waiting: 5 }, 0)).toBeNull();
  expect(waitWords(null, 0)).toBeNull();
});

test('the words name who comes', () => {
  expect(claimedWords(claimed)).toBe('Mina is on the way');
  expect(claimedWords({ ...open, status: 'claimed' })).not.toBe('');
});

test('the button says how it stands', () => {
  const place = { helpRequest: 7, place: 3, waiting: 5 };
  expect(helpWords(helpState(null, null, []))).toBe('Ask for help');
  expect(helpWords(helpState(open, place, []))).toBe('You are 3rd of 5');
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

  test('when whoever was on the way gave it back', () => {
    const back: HelpRequest = { ...open, takenAtMs: 5 };
    expect(helpNews(claimed, back, new Set())).toBe('handed_back');
    expect(helpNews(back, back, new Set())).toBeNull();
    expect(isHandedBack(back)).toBe(true);
    expect(isHandedBack(open)).toBe(false);
    expect(isHandedBack({ ...claimed, takenAtMs: 5 })).toBe(false);
  });
});
