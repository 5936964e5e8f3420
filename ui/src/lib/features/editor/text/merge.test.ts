import { expect, test } from 'vitest';

import { WordCounter, words, wordsOfGuide } from './counts';
import { conflictsIn, merge, resolved, type Choice } from './merge';
import { blocks, stepsOf } from './outline';
import { random } from './testing';

const BASE = 'a\nb\nc\nd\ne';

test('what does not overlap is merged', () => {
  const parts = merge(BASE, 'A\nb\nc\nd\ne', 'a\nb\nc\nd\nE\nf');
  expect(resolved(parts, [])).toBe('A\nb\nc\nd\nE\nf');
});

test('the same change on both sides is no conflict', () => {
  expect(resolved(merge(BASE, 'a\nX\nc\nd\ne', 'a\nX\nc\nd\ne'), [])).toBe('a\nX\nc\nd\ne');
});

test('a conflict waits for its choice', () => {
  const parts = merge(BASE, 'a\nb\nTHEIRS\nd\ne', 'a\nb\nMINE\nd\ne');
  expect(conflictsIn(parts)).toEqual([
    { kind: 'conflict', base: ['c'], theirs: ['THEIRS'], mine: ['MINE'] },
  ]);
  expect(resolved(parts, [])).toBeNull();
  const with_ = (choice: Choice): string | null => resolved(parts, [choice]);
  expect(with_('mine')).toBe('a\nb\nMINE\nd\ne');
  expect(with_('theirs')).toBe('a\nb\nTHEIRS\nd\ne');
  expect(with_('both')).toBe('a\nb\nTHEIRS\nMINE\nd\ne');
  expect(with_({ edited: 'X\nY' })).toBe('a\nb\nX\nY\nd\ne');
  expect(with_({ edited: '' })).toBe('a\nb\nd\ne');
});

test.each(Array.from({ length: 200 }, (_, seed) => seed))(
  'all of one side gives that side where the other changed nothing else (%i)',
  (seed) => {
    const pick = random(seed);
    const lines = Array.from({ length: 12 }, (_, index) => `line ${String(index)}`);
    const changed = (who: string): string =>
      lines
        .flatMap((line) => {
          const dice = pick(8);
          if (dice === 0) return [];
          if (dice === 1) return [`${line} by ${who}`];
          return dice === 2 ? [line, `new by ${who}`] : [line];
        })
        .join('\n');
    const base = lines.join('\n');
    const [theirs, mine] = [changed('them'), changed('me')];
    const parts = merge(base, theirs, mine);
    const all = (choice: Choice): string | null =>
      resolved(
        parts,
        conflictsIn(parts).map(() => choice),
      );
    // Nothing that either side wrote is lost when both are taken.
    const both = all('both') ?? '';
    for (const line of `${theirs}\n${mine}`.split('\n')) {
      if (line.includes(' by ')) expect(both).toContain(line);
    }
    expect(resolved(merge(base, base, mine), [])).toBe(mine);
    expect(resolved(merge(base, theirs, base), [])).toBe(theirs);
    if (theirs === mine) expect(all('mine')).toBe(mine);
  },
);

test('words are counted in every language', () => {
  expect(words('Two words, don’t-split 3.14')).toBe(5);
  expect(words('한국어 문장 하나')).toBe(3);
  expect(words('漢字かな')).toBe(4);
  expect(words('--- ``` **')).toBe(0);
});

test('the words of a step are counted without its code, and again when it changes', () => {
  const counter = new WordCounter();
  const count = (source: string): number[] =>
    counter.count(source, stepsOf(source), blocks(source));
  expect(count('## One two\n\nthree\n\n```\nnot these\n```\n\n## Four\n')).toEqual([3, 1]);
  expect(count('## One two\n\nthree and\n\n## Four\n')).toEqual([4, 1]);
});

test('the words of the guide are those between the header and the first step', () => {
  const count = (source: string): number => wordsOfGuide(source, stepsOf(source), blocks(source));
  const header = 'id: a\nsummary: not these\n\n# Not this\n\n';
  const guide = 'Bring a cup.\n\n```\nnot these\n```\n\n### And\n\n- tea\n\n';
  expect(count(`${header}${guide}## S\n\nnor these\n`)).toBe(5);
  expect(count(`${header}## S\n\nnor these\n`)).toBe(0);
  expect(count('no step')).toBe(0);
});
