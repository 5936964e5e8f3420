import { Text } from '@codemirror/state';
import { expect, test } from 'vitest';

import type { Diagnostic } from '$lib/api/wire';

import { placeOf } from './code/problems';
import { shownBlock } from './preview-place';

test('a block of the text is found among those that are shown', () => {
  expect(shownBlock(2, 5, 5)).toBe(2);
  expect(shownBlock(-1, 5, 5)).toBe(-1);
  expect(shownBlock(4, 5, 3)).toBe(2);
  expect(shownBlock(1, 2, 6)).toBe(3);
  expect(shownBlock(0, 0, 0)).toBe(-1);
});

test('a remark is where its subject is, else on its line', () => {
  const doc = Text.of(['# T', '', '  ![a](img/x.png) here']);
  const about = (line: number | undefined, subject: string): { from: number; to: number } =>
    placeOf(doc, { line, subject } as Diagnostic);
  expect(about(3, 'img/x.png')).toEqual({ from: 12, to: 21 });
  expect(about(3, 'elsewhere')).toEqual({ from: 7, to: doc.length });
  expect(about(undefined, '')).toEqual({ from: 0, to: 0 });
  expect(about(99, '')).toEqual({ from: 0, to: 0 });
});
