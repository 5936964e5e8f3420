import { describe, expect, test } from 'vitest';

import { durationOf, minutesOf, setMinutes } from './minutes';
import { BlockReader, blocks, lineNumber, stepAt, stepsAt, stepsOf } from './outline';
import {
  addStep,
  applied,
  deleteStep,
  mergeWithNext,
  moveStep,
  splitStep,
  type Edit,
} from './steps';
import { codelab, random } from './testing';

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

const titles = (source: string): string[] => stepsOf(source).map(({ title }) => title);
const marksIn = (source: string): string[] =>
  titles(source).flatMap((title) => /mark\d+/.exec(title)?.[0] ?? []);

/** What the steps say, however many blank lines stand between them. */
const parts = (source: string): string[] =>
  stepsOf(source).map(({ from, to }) => source.slice(from, to).trimEnd());

function done(source: string, edit: Edit | null): string {
  if (!edit) throw new Error('nothing to do');
  return applied(source, edit.changes);
}

describe('where steps are', () => {
  test('headings inside of something else are none', () => {
    const source =
      '---\nsummary: s\n---\n# T\n\n## One\n\n```\n## code\n```\n\n<div>\n## html\n</div>\n\n> ## quoted\n\n- a\n\n  ## item\n\nTwo\n---\n\n##\n\n## `Three` **3** ##\n';
    expect(titles(source)).toEqual(['One', 'Two', 'Three 3']);
  });

  test('a header closed like a heading is none', () => {
    expect(titles('summary: s\nid: x\n---\n\n# T\n\n## One\n')).toEqual(['One']);
  });

  test.each(SEEDS)('every step of a made-up codelab is found (%i)', (seed) => {
    const { source, marks } = codelab(seed);
    expect(marksIn(source)).toEqual(marks);
    const steps = stepsOf(source);
    expect(steps.at(-1)?.to).toBe(source.length);
    // The lines that a server would say give the same.
    expect(
      stepsAt(
        source,
        steps.map(({ from }) => lineNumber(source, from)),
      ),
    ).toEqual(steps);
  });

  test.each(SEEDS)('reading on after a change is reading anew (%i)', (seed) => {
    const pick = random(seed + 6000);
    const reader = new BlockReader();
    let { source } = codelab(seed);
    reader.read(source);
    for (let change = 0; change < 5; change += 1) {
      const from = pick(source.length + 1);
      const to = Math.min(source.length, from + pick(12));
      const typed = ['', 'x', '\n', '```\n', '\n---\n', '## ', '> ', '<div>'][pick(8)] ?? '';
      source = source.slice(0, from) + typed + source.slice(to);
      expect(reader.read(source)).toEqual(blocks(source));
    }
  });

  test('a place belongs to the step above it', () => {
    const steps = stepsOf('# T\n\n## One\n\na\n\n## Two\n');
    expect([0, 5, 12, 99].map((at) => stepAt(steps, at))).toEqual([-1, 0, 0, 1]);
  });
});

describe('steps are moved about', () => {
  test.each(SEEDS)('moving keeps every step as it is (%i)', (seed) => {
    const { source, marks } = codelab(seed);
    const pick = random(seed + 1000);
    const [from, to] = [pick(marks.length), pick(marks.length)];
    const steps = stepsOf(source);
    if (from === to) {
      expect(moveStep(source, steps, from, to)).toBeNull();
      return;
    }
    const edit = moveStep(source, steps, from, to);
    const moved = done(source, edit);
    expect(parts(moved)).toEqual(
      parts(source)
        .toSpliced(from, 1)
        .toSpliced(to, 0, ...parts(source).slice(from, from + 1)),
    );
    const first = steps[0]?.from ?? 0;
    expect(moved.slice(0, first)).toBe(source.slice(0, first));
    expect(stepAt(stepsOf(moved), edit?.selection.anchor ?? 0)).toBe(to);
  });

  test.each(SEEDS)('adding and deleting leave the others alone (%i)', (seed) => {
    const { source, marks } = codelab(seed);
    const index = random(seed + 2000)(marks.length);
    const edit = addStep(source, stepsOf(source), index, 'Neu 새로');
    const grown = done(source, edit);
    expect(titles(grown)).toEqual(titles(source).toSpliced(index + 1, 0, 'Neu 새로'));
    expect(grown.slice(edit.selection.anchor, edit.selection.head)).toBe('Neu 새로');
    const shrunk = done(grown, deleteStep(grown, stepsOf(grown), index + 1));
    expect(parts(shrunk)).toEqual(parts(source));
  });

  test.each(SEEDS)('a split keeps what is around it, and merging joins it again (%i)', (seed) => {
    const { source } = codelab(seed);
    const pick = random(seed + 3000);
    const steps = stepsOf(source);
    const first = steps[0]?.from ?? 0;
    const cursor = first + pick(source.length - first);
    const index = stepAt(steps, cursor);
    const edit = splitStep(source, steps, cursor, 'Second half');
    const split = done(source, edit);
    expect(titles(split)).toEqual(titles(source).toSpliced(index + 1, 0, 'Second half'));
    expect(split.slice(edit?.selection.anchor, edit?.selection.head)).toBe('Second half');
    const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');
    const joined = done(split, mergeWithNext(split, stepsOf(split), index));
    expect(titles(joined)).toEqual(titles(source));
    const without = joined.replace(/\n### Second half\n/, '\n');
    expect(words(without).join('')).toBe(words(source).join(''));
  });

  test('no split in front of the first step, nothing to merge behind the last', () => {
    const source = '# T\n\n## One\n';
    const steps = stepsOf(source);
    expect(splitStep(source, steps, 1, 'x')).toBeNull();
    expect(mergeWithNext(source, steps, 0)).toBeNull();
    expect(deleteStep(source, steps, 0)).toBeNull();
  });

  test('merged steps take the sum of their minutes', () => {
    const source = '## One\nDuration: 5:00\n\na\n\n## Two\nDuration: 2:30\n\nb\n';
    expect(done(source, mergeWithNext(source, stepsOf(source), 0))).toBe(
      '## One\nDuration: 8:00\n\na\n\n### Two\n\nb\n',
    );
  });

  test('code is not torn apart', () => {
    const source = '## One\n\n```\na\nb\n```\n\nafter\n';
    const split = done(source, splitStep(source, stepsOf(source), source.indexOf('b'), 'New'));
    expect(split).toBe('## One\n\n```\na\nb\n```\n\n## New\n\nafter\n');
  });
});

describe('minutes', () => {
  test('are read in every spelling', () => {
    expect(['5', '1:25', '1:02:03', 'soon', '', '1:2:3:4', '0:30'].map(minutesOf)).toEqual([
      5,
      2,
      63,
      null,
      null,
      null,
      1,
    ]);
  });

  test.each(SEEDS.slice(0, 100))('are set without touching anything else (%i)', (seed) => {
    const { source, marks } = codelab(seed);
    const pick = random(seed + 4000);
    const index = pick(marks.length);
    const minutes = 1 + pick(90);
    const step = stepsOf(source)[index];
    if (!step) throw new Error('no step');
    const change = setMinutes(source, step, minutes);
    const next = change ? applied(source, [change]) : source;
    const after = stepsOf(next);
    expect(titles(next)).toEqual(titles(source));
    after.forEach((span, at) => {
      const old = stepsOf(source)[at];
      const before = old ? durationOf(source, old)?.minutes : undefined;
      expect(durationOf(next, span)?.minutes).toBe(at === index ? minutes : before);
    });
    const cleared = after[index] && setMinutes(next, after[index], null);
    expect(
      durationOf(applied(next, cleared ? [cleared] : []), stepsOf(next)[index] ?? step),
    ).toBeNull();
  });

  test('a line in the prose is none', () => {
    const source = '## One\n\nWords.\nDuration: 5\n';
    const [step] = stepsOf(source);
    expect(step && durationOf(source, step)).toBeNull();
  });
});
