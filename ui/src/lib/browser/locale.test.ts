import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { m } from '$lib/paraglide/messages';

import type * as Locale from './locale.svelte';

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

async function started(...languages: string[]): Promise<typeof Locale> {
  vi.stubGlobal('navigator', { languages });
  return import('./locale.svelte');
}

test.each([
  [['ko-KR', 'en'], 'ko'],
  [['fr', 'ko'], 'ko'],
  [['fr'], 'en'],
  [[], 'en'],
])('a browser that speaks %j reads %s', async (languages, expected) => {
  const { locale } = await started(...languages);
  expect(locale.current).toBe(expected);
  expect(document.documentElement.lang).toBe(expected);
});

test('the chosen language wins and is remembered', async () => {
  const first = await started('en');
  first.locale.choose('ko');
  vi.resetModules();
  const second = await started('en');
  expect(second.locale.current).toBe('ko');
});

test('every language has its own name', async () => {
  const { LANGUAGES, locales } = await started('en');
  expect(Object.keys(LANGUAGES).sort()).toEqual([...locales].sort());
  expect(m.common_close({}, { locale: 'ko' })).not.toBe(m.common_close({}, { locale: 'en' }));
});
