import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { fenced, messageParts } from './fences';

interface Case {
  text: string;
  parts: ({ text: string } | { info: string; code: string })[];
}

const FILE = '../crates/codelab/tests/fences.json';
const cases = JSON.parse(readFileSync(FILE, 'utf8')) as Case[];

test.each(cases)('$text is split as the server splits it', ({ text, parts }) => {
  const expected = parts.map((part) =>
    'text' in part ? { kind: 'text', ...part } : { kind: 'code', ...part },
  );
  expect(messageParts(text)).toEqual(expected);
});

test('a selection is put between fences and stays selected', () => {
  const { text, start, end } = fenced('look: let x = 1; here', 6, 16);
  expect(text).toBe('look: \n```\nlet x = 1;\n```\n here');
  expect(text.slice(start, end)).toBe('let x = 1;');
  expect(messageParts(text)[1]).toEqual({ kind: 'code', info: '', code: 'let x = 1;' });
});

test('without a selection the cursor stands between the fences', () => {
  const { text, start, end } = fenced('', 0, 0);
  expect(text).toBe('```\n\n```\n');
  expect([start, end]).toEqual([4, 4]);
});
