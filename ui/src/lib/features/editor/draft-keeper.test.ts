import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Result } from '$lib/api/result';
import type { DraftKept, Problem } from '$lib/api/wire';

import { DraftKeeper, type Draft } from './draft-keeper.svelte';

const gone: Problem = {
  type: '/problems/unavailable',
  code: 'unavailable',
  status: 503,
  title: '',
  detail: '',
};

/** A server that answers when the test says so, or at once. */
class Server {
  readonly got: { draft: Draft; atMs: number; isLeaving: boolean }[] = [];
  isThere = true;
  readonly #waiting: (() => void)[] = [];
  isSlow = false;

  readonly save = (_: string, draft: Draft, isLeaving = false): Promise<Result<DraftKept>> => {
    this.got.push({ draft, atMs: Date.now(), isLeaving });
    const answer: Result<DraftKept> = this.isThere
      ? { ok: true, value: { savedAtMs: Date.now() } }
      : { ok: false, problem: gone };
    if (!this.isSlow) return Promise.resolve(answer);
    return new Promise((resolve) =>
      this.#waiting.push(() => {
        resolve(answer);
      }),
    );
  };

  async answer(): Promise<void> {
    this.#waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  }
}

let server: Server;
let keeper: DraftKeeper;
const write = (source: string): void => {
  keeper.change({ base: 1, source });
};
const saved = (): string[] => server.got.map(({ draft }) => draft.source);

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  server = new Server();
  keeper = new DraftKeeper('c', server.save);
});

afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

test('typing without a pause is saved within two seconds, again and again', async () => {
  const begun = Date.now();
  for (let letter = 1; letter <= 100; letter += 1) {
    write('x'.repeat(letter));
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(2000);
  expect(saved().at(-1)).toHaveLength(100);
  // Each letter was typed at `length * 100`; the first save that has it came soon after.
  for (let letter = 1; letter <= 100; letter += 1) {
    const first = server.got.find(({ draft }) => draft.source.length >= letter);
    expect((first?.atMs ?? Infinity) - begun - (letter - 1) * 100).toBeLessThan(2000);
  }
  expect(server.got.length).toBeLessThan(20);
  expect(keeper.state.kind).toBe('saved');
  expect(keeper.isDurable).toBe(true);
});

test('one request at a time; what came meanwhile follows', async () => {
  server.isSlow = true;
  write('a');
  await vi.advanceTimersByTimeAsync(1000);
  write('ab');
  await vi.advanceTimersByTimeAsync(5000);
  expect(saved()).toEqual(['a']);
  await server.answer();
  expect(keeper.isDurable).toBe(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(saved()).toEqual(['a', 'ab']);
  await server.answer();
  expect(keeper.isDurable).toBe(true);
});

test('without the server the text stays here, and goes out when it is back', async () => {
  server.isThere = false;
  write('kept');
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.state).toEqual({ kind: 'failed', problem: gone });
  expect(keeper.isDurable).toBe(false);
  expect(DraftKeeper.remembered('c')).toMatchObject({ base: 1, source: 'kept' });
  await vi.advanceTimersByTimeAsync(20_000);
  const tries = server.got.length;
  expect(tries).toBeGreaterThan(3);
  expect(tries).toBeLessThan(12);
  server.isThere = true;
  await vi.advanceTimersByTimeAsync(4100);
  expect(keeper.state.kind).toBe('saved');
  expect(DraftKeeper.remembered('c')).toBeNull();
});

test('a page that goes away sends what it has', async () => {
  write('last words');
  keeper.leave();
  expect(server.got).toMatchObject([{ isLeaving: true, draft: { source: 'last words' } }]);
  expect(DraftKeeper.remembered('c')?.source).toBe('last words');
  keeper.leave();
  await vi.advanceTimersByTimeAsync(1000);
  expect(keeper.isDurable).toBe(true);
  keeper.leave();
  expect(server.got).toHaveLength(3);
});

test('what became a revision is no draft, whatever was on its way', async () => {
  server.isSlow = true;
  write('a');
  await vi.advanceTimersByTimeAsync(1000);
  keeper.forget();
  await server.answer();
  expect(keeper.state).toEqual({ kind: 'nothing' });
  expect(DraftKeeper.remembered('c')).toBeNull();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(server.got).toHaveLength(1);
});

test('flushing waits for what is on its way and sends the rest', async () => {
  server.isSlow = true;
  write('a');
  await vi.advanceTimersByTimeAsync(1000);
  write('ab');
  const flushed = keeper.flush();
  await server.answer();
  await server.answer();
  await flushed;
  expect(saved()).toEqual(['a', 'ab']);
  expect(keeper.isDurable).toBe(true);
});

test('nonsense in the storage is nothing', () => {
  localStorage.setItem('open-codelabs.writing.c', '{"base":"1"}');
  expect(DraftKeeper.remembered('c')).toBeNull();
  localStorage.setItem('open-codelabs.writing.c', 'not json');
  expect(DraftKeeper.remembered('c')).toBeNull();
});
