import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Result } from '$lib/api/result';
import type { Preview, Problem } from '$lib/api/wire';

import { LivePreview } from './preview.svelte';

const asked: string[] = [];
let answers: ((answer: Result<Preview>) => void)[] = [];
let preview: LivePreview;

const shown = (words: number): Result<Preview> => ({
  ok: true,
  value: { words } as unknown as Preview,
});
const gone: Result<Preview> = { ok: false, problem: { code: 'unavailable' } as Problem };

async function answer(with_: Result<Preview>): Promise<void> {
  answers.shift()?.(with_);
  await vi.advanceTimersByTimeAsync(0);
}

beforeEach(() => {
  vi.useFakeTimers();
  asked.length = 0;
  answers = [];
  preview = new LivePreview('c', (_, source) => {
    asked.push(source);
    return new Promise((resolve) => answers.push(resolve));
  });
});

afterEach(() => {
  preview.stop();
  vi.useRealTimers();
});

test('a pause in the typing asks, and typing on does not put it off for ever', async () => {
  for (const text of ['a', 'ab', 'abc']) {
    preview.show(text);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([]);
  await vi.advanceTimersByTimeAsync(60);
  expect(asked).toEqual(['abc']);
  await answer(shown(1));
  for (let index = 0; index < 30; index += 1) {
    preview.show(String(index));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked.length).toBeGreaterThan(1);
});

test('one question at a time, and the newest text in the end', async () => {
  preview.show('a');
  await vi.advanceTimersByTimeAsync(200);
  preview.show('b');
  preview.show('c');
  await vi.advanceTimersByTimeAsync(500);
  expect(asked).toEqual(['a']);
  await answer(shown(1));
  expect(preview.answer?.source).toBe('a');
  await vi.advanceTimersByTimeAsync(1);
  expect(asked).toEqual(['a', 'c']);
  await answer(shown(2));
  expect(preview.answer).toEqual({ source: 'c', shown: { words: 2 } });
});

test('what was shown stays while the server is away, and it is asked again', async () => {
  preview.show('a');
  await vi.advanceTimersByTimeAsync(200);
  await answer(shown(1));
  preview.show('b');
  await vi.advanceTimersByTimeAsync(200);
  await answer(gone);
  expect(preview.answer?.source).toBe('a');
  expect(preview.problem?.code).toBe('unavailable');
  await vi.advanceTimersByTimeAsync(2000);
  await answer(shown(2));
  expect(preview.answer?.source).toBe('b');
  expect(preview.problem).toBeNull();
});
