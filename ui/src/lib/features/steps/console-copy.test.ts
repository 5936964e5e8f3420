import { expect, test } from 'vitest';

import { textToCopy } from './console-copy';

test('a terminal is copied without prompts and output', () => {
  const shown = '$ git init\nInitialized empty repository\n$ git status\nOn branch main';
  expect(textToCopy(shown, true)).toBe('git init\ngit status');
});

test('a command over several lines stays whole', () => {
  const shown = '$ curl \\\n>   --head \\\n  http://localhost\nHTTP/1.1 200 OK';
  expect(textToCopy(shown, true)).toBe('curl \\\n  --head \\\n  http://localhost');
});

test('a terminal without prompts is copied as it is', () => {
  expect(textToCopy('# a comment\n> quoted', true)).toBe('# a comment\n> quoted');
});

test('code is copied as it is', () => {
  expect(textToCopy('$ price\n  = 3', false)).toBe('$ price\n  = 3');
});
