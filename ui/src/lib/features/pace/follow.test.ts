import { describe, expect, test } from 'vitest';

import type { PendingCommand } from '$lib/connection/outbox';

import { Follower, isFollowing } from './follow';

const at = (step: string) => ({ codelab: 'git', step });

describe('a follower', () => {
  test('goes where the lead is, and stays there', () => {
    const follower = new Follower();
    expect(follower.next(at('g1'), at('g1'), true)).toBe('stay');
    expect(follower.next(at('g2'), at('g1'), true)).toBe('go');
    expect(follower.next(at('g2'), at('g1'), true)).toBe('stay');
    expect(follower.next(at('g2'), at('g2'), true)).toBe('stay');
  });

  test('is led on while still on the way', () => {
    const follower = new Follower();
    expect(follower.next(at('g2'), at('g1'), true)).toBe('go');
    expect(follower.next(at('g3'), at('g1'), true)).toBe('go');
    expect(follower.next(at('g3'), at('g3'), true)).toBe('stay');
  });

  test('leaves by turning a page, forwards or back', () => {
    const follower = new Follower();
    follower.next(at('g2'), at('g2'), true);
    expect(follower.next(at('g2'), at('g3'), true)).toBe('leave');
    const other = new Follower();
    other.next(at('g2'), at('g1'), true);
    other.next(at('g2'), at('g2'), true);
    expect(other.next(at('g2'), at('g1'), true)).toBe('leave');
  });

  test('leaves too when a page is turned on the way', () => {
    const follower = new Follower();
    expect(follower.next(at('g3'), at('g1'), true)).toBe('go');
    expect(follower.next(at('g3'), at('g2'), true)).toBe('leave');
  });

  test('who left is not led; who rejoins is brought along', () => {
    const follower = new Follower();
    follower.next(at('g2'), at('g2'), true);
    expect(follower.next(at('g3'), at('g1'), false)).toBe('stay');
    expect(follower.next(at('g3'), at('g1'), true)).toBe('go');
  });

  test('a page without a step is no way of one’s own', () => {
    const follower = new Follower();
    expect(follower.next(at('g2'), null, true)).toBe('go');
    expect(follower.next(at('g2'), at('g2'), true)).toBe('stay');
    expect(follower.next(at('g2'), null, true)).toBe('stay');
  });

  test('a lead who is nowhere leads nowhere', () => {
    const follower = new Follower();
    expect(follower.next(null, at('g1'), true)).toBe('stay');
    expect(follower.next(null, at('g2'), true)).toBe('stay');
    expect(follower.next(at('g1'), at('g2'), true)).toBe('go');
  });
});

test('what was pressed counts before the server has it', () => {
  const person = { seat: 3, role: 'attendee' as const, name: 'Ada', ordinal: 1 };
  const you = { person, following: true, progress: [] };
  const pressed = (following: boolean, order: number): PendingCommand => ({
    id: String(order),
    body: { type: 'set_following', following },
    sinceMs: 0,
    order,
  });
  expect(isFollowing(you, [])).toBe(true);
  expect(isFollowing(you, [pressed(false, 1)])).toBe(false);
  expect(isFollowing(you, [pressed(false, 1), pressed(true, 2)])).toBe(true);
});
