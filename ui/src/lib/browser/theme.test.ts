import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { followTheme, theme } from './theme.svelte';

const { dataset } = document.documentElement;
let stop: () => void;

/** A device whose settings are the named media queries. */
function device(...matching: string[]): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: matching.some((name) => query.includes(name)),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
}

beforeEach(() => {
  device();
  stop = followTheme();
});

afterEach(() => {
  theme.choose('system');
  stop();
  vi.unstubAllGlobals();
});

test.each([
  ['system', [], 'light', 'normal'],
  ['system', ['dark'], 'dark', 'normal'],
  ['system', ['prefers-contrast'], 'light', 'more'],
  ['light', ['dark'], 'light', 'normal'],
  ['dark', [], 'dark', 'normal'],
  ['contrast', ['dark'], 'dark', 'more'],
] as const)('%s on a device with %j is %s, contrast %s', (choice, settings, shade, contrast) => {
  device(...settings);
  theme.choose(choice);
  expect(dataset['theme']).toBe(shade);
  expect(dataset['contrast']).toBe(contrast);

  // The script that runs before the first paint comes to the same answer.
  delete dataset['theme'];
  delete dataset['contrast'];
  runBeforePaint();
  expect(dataset['theme']).toBe(shade);
  expect(dataset['contrast']).toBe(contrast);
});

test('another tab’s choice arrives', () => {
  dispatchEvent(new StorageEvent('storage', { key: 'open-codelabs.theme', newValue: 'dark' }));
  expect(theme.choice).toBe('dark');
  expect(dataset['theme']).toBe('dark');
});

function runBeforePaint(): void {
  const script = document.createElement('script');
  script.textContent = readFileSync('static/theme.js', 'utf8');
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the file is ours; the test runs it as a page would
  (new Function(script.textContent) as () => void)();
}
