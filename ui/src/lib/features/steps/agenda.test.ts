import { describe, expect, test } from 'vitest';

import { placeAt, placeToResume, remainingMinutes, stepPath } from './agenda';
import { git, python, snapshotOf } from './testing';

const agenda = [git, python];

describe('a place', () => {
  test('knows its neighbours', () => {
    const place = placeAt(agenda, 'git', 'g2');
    expect(place).toMatchObject({ index: 1, before: { step: 'g1' }, after: { step: 'g3' } });
    expect(place?.nextCodelab?.codelab).toBe('python');
  });

  test('has none at the ends', () => {
    expect(placeAt(agenda, 'git', 'g1')?.before).toBeNull();
    expect(placeAt(agenda, 'python', 'p1')).toMatchObject({ after: null, nextCodelab: null });
  });

  test('is nowhere for a step that is not on the agenda', () => {
    expect(placeAt(agenda, 'git', 'p1')).toBeNull();
    expect(placeAt(agenda, 'nothing', 'g1')).toBeNull();
  });

  test('has an address', () => {
    expect(stepPath('w1', git, git.steps[0] ?? { step: '', title: '', content: '' })).toBe(
      '/w/w1/git/g1',
    );
  });
});

describe('going on', () => {
  test('begins at the first step', () => {
    expect(placeToResume(snapshotOf())?.step.step).toBe('g1');
  });

  test('returns to the step shown last', () => {
    const progress = [{ codelab: 'python', current: 'p1', completed: [] }];
    expect(placeToResume(snapshotOf({ progress, lastCodelab: 'python' }))?.step.step).toBe('p1');
  });

  test('begins again when that step is gone', () => {
    const progress = [{ codelab: 'git', current: 'gone', completed: [] }];
    expect(placeToResume(snapshotOf({ progress, lastCodelab: 'git' }))?.step.step).toBe('g1');
  });
});

describe('remaining minutes', () => {
  test('count the steps that are not done', () => {
    expect(remainingMinutes(git.steps, new Set())).toBe(13);
    expect(remainingMinutes(git.steps, new Set(['g1']))).toBe(10);
    expect(remainingMinutes(git.steps, new Set(['g1', 'g2', 'g3']))).toBe(0);
  });

  test('are unknown when nothing is planned', () => {
    expect(remainingMinutes(python.steps, new Set())).toBeNull();
  });
});
