import { expect, test } from 'vitest';

import type { Poll, PollForm, PollResult } from '$lib/api/wire';

import { answeredWords, asksTheSame, inOrder, noAnswers, shownResult } from './poll';

const form: PollForm = { question: 'Why?', kind: 'single', options: ['a', 'b'] };

function poll(id: number, facts: Partial<Poll> = {}): Poll {
  return { id, form, openedAtMs: id, open: false, revealed: false, ...facts };
}

const result: PollResult = { poll: 1, people: 2, counts: [2, 0], texts: [], words: [] };

test('a result that is known is not shown while the poll hides it', () => {
  const results = new Map([[1, result]]);
  expect(shownResult(poll(1), results)).toBeNull();
  expect(shownResult(poll(1, { revealed: true }), results)).toBe(result);
  expect(shownResult(poll(2, { revealed: true }), results)).toEqual(noAnswers(poll(2)));
});

test('the open poll comes first, then the newest', () => {
  const polls = inOrder([poll(1), poll(2, { open: true }), poll(3)]);
  expect(polls.map(({ id }) => id)).toEqual([2, 3, 1]);
});

test('two polls ask the same when everything they say is the same', () => {
  expect(asksTheSame(form, { options: ['a', 'b'], kind: 'single', question: 'Why?' })).toBe(true);
  expect(asksTheSame(form, { ...form, kind: 'multiple' })).toBe(false);
  expect(asksTheSame(form, { ...form, options: ['b', 'a'] })).toBe(false);
  const scale: PollForm = { question: 'Why?', kind: 'scale', scale: { max: 5 } };
  expect(asksTheSame(scale, { ...scale, scale: { max: 5, low: 'x' } })).toBe(false);
});

test('who answered and left is counted among those who could answer', () => {
  expect(answeredWords(3, 2)).toBe('3 of 3 answered');
  expect(answeredWords(1, 12)).toBe('1 of 12 answered');
});
