import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Result } from '$lib/api/api';
import type { CodelabPage, CodelabSummary, Problem, Tag } from '$lib/api/wire';

import { Library, type LibraryApi, type LibraryQuestion, type Move } from './library.svelte';

function codelab(id: string): CodelabSummary {
  return {
    id,
    title: id,
    tags: [],
    minutes: 5,
    steps: 1,
    revision: 1,
    createdAtMs: 0,
    updatedAtMs: 0,
    shelf: 'active',
  };
}

const gone: Problem = {
  type: '/problems/unavailable',
  code: 'unavailable',
  status: 503,
  title: '',
  detail: '',
};

/** A server whose answers come when the test says so. */
class Server implements LibraryApi {
  readonly asked: LibraryQuestion[] = [];
  readonly moves: [string, Move][] = [];
  readonly #answers: ((page: Result<CodelabPage>) => void)[] = [];

  codelabs(query: LibraryQuestion): Promise<Result<CodelabPage>> {
    this.asked.push(query);
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  async answer(index: number, answer: Result<CodelabPage>): Promise<void> {
    this.#answers[index]?.(answer);
    await Promise.resolve();
    await Promise.resolve();
  }

  tags(): Promise<Result<Tag[]>> {
    return Promise.resolve({ ok: true, value: [{ tag: 'git', codelabs: 2 }] });
  }

  move(id: string, move: Move): Promise<Result<true>> {
    this.moves.push([id, move]);
    return Promise.resolve({ ok: true, value: true });
  }
}

const page = (ids: string[], next?: string): Result<CodelabPage> => ({
  ok: true,
  value: { items: ids.map(codelab), ...(next === undefined ? {} : { next }) },
});
/** What is asked for when nobody chose anything. */
const ALL: LibraryQuestion = { shelf: 'active', sort: 'relevance' };
const shown = (library: Library) => library.items?.map(({ id }) => id);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('pages follow on each other, nothing is shown twice', async () => {
  const server = new Server();
  const library = new Library(server);
  void library.load();
  await server.answer(0, page(['a', 'b'], 'c1'));
  expect(library.hasMore).toBe(true);
  void library.more();
  await server.answer(1, page(['b', 'c']));
  expect(server.asked).toEqual([ALL, { ...ALL, cursor: 'c1' }]);
  expect(shown(library)).toEqual(['a', 'b', 'c']);
  expect(library.hasMore).toBe(false);
});

test('a search waits for the pause, and a late answer of an older one is ignored', async () => {
  const server = new Server();
  const library = new Library(server);
  void library.load();
  library.search('g');
  library.search(' git ');
  expect(server.asked).toHaveLength(1);
  vi.advanceTimersByTime(250);
  expect(server.asked[1]).toEqual({ ...ALL, search: 'git' });
  await server.answer(1, page(['git']));
  await server.answer(0, page(['a', 'b']));
  expect(shown(library)).toEqual(['git']);
});

test('a failure keeps what is on screen and is told', async () => {
  const server = new Server();
  const library = new Library(server);
  void library.load();
  await server.answer(0, page(['a']));
  void library.load();
  await server.answer(1, { ok: false, problem: gone });
  expect(shown(library)).toEqual(['a']);
  expect(library.problem).toBe(gone);
  expect(library.isLoading).toBe(false);
});

test('a moved codelab leaves the list and comes back', async () => {
  const server = new Server();
  const library = new Library(server);
  void library.load();
  await server.answer(0, page(['a', 'b']));
  expect(await library.move('a', 'archive')).toBeNull();
  expect(shown(library)).toEqual(['b']);
  const back = library.moveBack('a', 'archive');
  await server.answer(0, page([]));
  await server.answer(1, page(['a', 'b']));
  expect(await back).toBeNull();
  expect(server.moves).toEqual([
    ['a', 'archive'],
    ['a', 'unarchive'],
  ]);
  expect(shown(library)).toEqual(['a', 'b']);
});

test('tag, order and shelf are asked for at once; another shelf is shown whole', async () => {
  const server = new Server();
  const library = new Library(server);
  library.only('git');
  library.order('title');
  await server.answer(1, page(['a']));
  expect(server.asked[1]).toEqual({ shelf: 'active', sort: 'title', tag: 'git' });
  expect(library.tags).toEqual([{ tag: 'git', codelabs: 2 }]);
  expect(library.isNarrowed).toBe(true);
  library.show('archived');
  expect(library.items).toBeNull();
  expect(server.asked[2]).toEqual({ shelf: 'archived', sort: 'title' });
  library.search('x');
  library.widen();
  vi.advanceTimersByTime(250);
  expect(server.asked).toHaveLength(4);
  expect(library.isNarrowed).toBe(false);
});
