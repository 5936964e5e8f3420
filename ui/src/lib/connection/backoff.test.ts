import { expect, test } from 'vitest';

import { Backoff, hurriedMs } from './backoff';

const ROOM = 1000;

/** Chance that is the same at every run (mulberry32). */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Loss {
  /** The close code of the connection that was lost at 0. */
  code: number;
  /** When the server takes connections again; until then it refuses at once. */
  backMs: number;
}

interface Return {
  /** When every attempt was made. */
  attempts: number[];
  /** When every page was connected again. */
  returns: number[];
}

/** A room that loses its server at 0 and comes back. */
function comesBack({ code, backMs }: Loss): Return {
  const chance = chances(1);
  const attempts: number[] = [];
  const returns: number[] = [];
  for (let page = 0; page < ROOM; page += 1) {
    const backoff = new Backoff();
    let at = backoff.waitMs({ code, livedMs: 60_000 }, chance());
    attempts.push(at);
    while (at < backMs) {
      at += backoff.waitMs({ code: 1006, livedMs: 0 }, chance());
      attempts.push(at);
    }
    returns.push(at);
  }
  return { attempts, returns };
}

/** The most that happens within any tenth of a second. */
function peak(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  let most = 0;
  let from = 0;
  sorted.forEach((at, to) => {
    while ((sorted[from] ?? at) <= at - 100) from += 1;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

test('after a kill no tenth of a second sees more than a sixth of the room return, or a fifth try', () => {
  for (const backMs of [0, 300, 1000, 3000, 10_000, 60_000]) {
    const { attempts, returns } = comesBack({ code: 1006, backMs });
    expect(peak(attempts), `attempts, back after ${String(backMs)} ms`).toBeLessThan(ROOM / 5);
    expect(peak(returns), `returns, back after ${String(backMs)} ms`).toBeLessThan(ROOM / 6);
  }
});

test('when the server says goodbye, the room comes back over four seconds', () => {
  for (const backMs of [0, 1000, 2000]) {
    const { attempts, returns } = comesBack({ code: 1001, backMs });
    expect(peak(attempts)).toBeLessThan(ROOM / 10);
    expect(peak(returns)).toBeLessThan(ROOM / 10);
  }
});

test('everybody is back within four seconds of the server, however long it was away', () => {
  for (const code of [1001, 1006]) {
    for (const backMs of [0, 1000, 5000, 60_000, 600_000]) {
      const { returns } = comesBack({ code, backMs });
      expect(Math.max(...returns)).toBeLessThan(backMs + 4000);
    }
  }
});

test('a server that greets and falls over again is met by ever fewer at once', () => {
  const chance = chances(2);
  const room = Array.from({ length: ROOM }, () => new Backoff());
  const peaks = [60_000, 1000, 1000, 1000].map((livedMs) =>
    peak(room.map((backoff) => backoff.waitMs({ code: 1006, livedMs }, chance()))),
  );
  expect(peaks[0]).toBeLessThan(ROOM / 8);
  expect(peaks[1]).toBeLessThan(ROOM / 14);
  expect(peaks[2]).toBeLessThan(ROOM / 20);
  expect(peaks[3]).toBeLessThan(ROOM / 20);
});

test('a connection that held starts the next wait low again', () => {
  const backoff = new Backoff();
  const ceiling = (livedMs: number): number => backoff.waitMs({ code: 1006, livedMs }, 1);
  expect([0, 0, 0, 0, 0].map(ceiling)).toEqual([1000, 2000, 4000, 4000, 4000]);
  expect(ceiling(4999)).toBe(4000);
  expect(ceiling(5000)).toBe(1000);
});

test('an access point that comes back does not bring the room in one instant', () => {
  const chance = chances(3);
  const times = Array.from({ length: ROOM }, () => hurriedMs(chance()));
  expect(peak(times)).toBeLessThan(ROOM / 8);
  expect(Math.max(...times)).toBeLessThan(1000);
});
