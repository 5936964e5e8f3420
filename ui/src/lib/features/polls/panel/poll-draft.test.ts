import { beforeEach, expect, test } from 'vitest';

import { OPTIONS_MAX, PollDraft } from './poll-draft.svelte';

beforeEach(() => {
  localStorage.clear();
});

function written(options: readonly string[]): PollDraft {
  const draft = new PollDraft('w');
  draft.question = ' Which? ';
  while (draft.options.length < options.length) draft.addOption(draft.options.length - 1);
  options.forEach((text, index) => {
    draft.changeOption(draft.options[index]?.id ?? 0, text);
  });
  return draft;
}

const texts = (draft: PollDraft): string[] => draft.options.map(({ text }) => text);

test('what is asked has no empty options, and is ready with two different ones', () => {
  const draft = written(['a', '', ' b ']);
  expect(draft.form).toEqual({ question: 'Which?', kind: 'single', options: ['a', 'b'] });
  expect(draft.isReady).toBe(true);
  expect(written(['a', '']).isReady).toBe(false);
  const twins = written(['a', 'a']);
  expect([twins.hasTwins, twins.isReady]).toEqual([true, false]);
});

test('a scale names its ends only where something is said', () => {
  const draft = written(['a', 'b']);
  draft.kind = 'scale';
  draft.high = ' sure ';
  expect(draft.form).toEqual({
    question: 'Which?',
    kind: 'scale',
    scale: { max: 5, high: 'sure' },
  });
  draft.kind = 'words';
  expect(draft.form).toEqual({ question: 'Which?', kind: 'words' });
});

test('options are added behind one, moved and taken away within limits', () => {
  const draft = written(['a', 'b']);
  expect(draft.addOption(0)).not.toBeNull();
  expect(texts(draft)).toEqual(['a', '', 'b']);
  const last = draft.options.at(-1)?.id ?? 0;
  expect(draft.moveOption(last, 1)).toBe(false);
  expect(draft.moveOption(last, -1)).toBe(true);
  expect(texts(draft)).toEqual(['a', 'b', '']);
  draft.removeOption(last);
  draft.removeOption(draft.options[0]?.id ?? 0);
  expect(texts(draft)).toEqual(['a', '']);
  while (draft.addOption(0) !== null);
  expect(draft.options).toHaveLength(OPTIONS_MAX);
});

test('a draft is there again until it is asked', () => {
  const draft = written(['a', 'b']);
  draft.kind = 'multiple';
  draft.keep();
  const again = new PollDraft('w');
  expect(again.form).toEqual(draft.form);
  expect(new PollDraft('other').question).toBe('');
  again.clear();
  expect(new PollDraft('w').question).toBe('');
});

test('a draft that cannot be read is none', () => {
  localStorage.setItem('open-codelabs.poll-draft.w', '{"options":[]}');
  expect(texts(new PollDraft('w'))).toEqual(['', '']);
});
