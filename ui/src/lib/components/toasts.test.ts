import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Toasts } from './toasts.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const texts = (toasts: Toasts): string[] => toasts.list.map((toast) => toast.text);

test('news goes by itself, unless it must not', () => {
  const toasts = new Toasts();
  toasts.show({ text: 'short' });
  const id = toasts.show({ text: 'stays', timeoutMs: 0 });
  vi.advanceTimersByTime(60_000);
  expect(texts(toasts)).toEqual(['stays']);
  toasts.close(id);
  expect(texts(toasts)).toEqual([]);
});

test('the oldest makes room, the same news is not said twice', () => {
  const toasts = new Toasts();
  for (const text of ['a', 'b', 'b', 'c', 'd']) toasts.show({ text });
  expect(texts(toasts)).toEqual(['b', 'c', 'd']);
});
