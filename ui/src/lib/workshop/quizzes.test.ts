import { expect, test } from 'vitest';

import type { AgendaCodelab, QuizAnswer, RosterEntry } from '$lib/api/wire';

import { quizFigures, quizProgress } from './quizzes';

const codelab: AgendaCodelab = {
  codelab: 'tea',
  title: 'Tea',
  steps: [
    { step: 's1', title: 'Water', content: 'c1', quizzes: ['q1', 'q2'] },
    { step: 's2', title: 'Cup', content: 'c2', quizzes: ['q1'] },
    { step: 's3', title: 'Drink', content: 'c3' },
  ],
};

function answer(step: string, quiz: string, over: Partial<QuizAnswer> = {}): QuizAnswer {
  return {
    codelab: 'tea',
    step,
    quiz,
    first: [0],
    firstRight: false,
    last: [1],
    right: true,
    tries: 2,
    ...over,
  };
}

test('progress counts the quizzes that are there now, each at its step', () => {
  const answers = [
    answer('s1', 'q1', { firstRight: true }),
    answer('s2', 'q1', { right: false }),
    answer('s1', 'gone'),
    answer('s2', 'q1', { codelab: 'another' }),
  ];
  const progress = quizProgress(codelab, answers);
  expect(progress).toMatchObject({ total: 3, answered: 2, firstRight: 1, right: 1 });
  expect(progress.open.map(({ step }) => step)).toEqual(['s1']);
  expect(quizProgress(codelab, undefined).open).toHaveLength(2);
});

test('figures count first answers of attendees', () => {
  const entry = (role: 'attendee' | 'facilitator', given?: QuizAnswer): RosterEntry => ({
    person: { seat: 1, role, name: 'Ada', ordinal: 1 },
    joinedAtMs: 0,
    activeAtMs: 0,
    muted: false,
    progress: [],
    following: true,
    ...(given && { quizAnswers: [given] }),
  });
  const figures = quizFigures(
    [
      entry('attendee', answer('s1', 'q1')),
      entry('attendee', answer('s1', 'q1', { first: [1], firstRight: true })),
      entry('attendee', answer('s1', 'q1', { first: [9], right: false })),
      entry('attendee'),
      entry('facilitator', answer('s1', 'q1')),
    ],
    { codelab: 'tea', step: 's1' },
    'q1',
    2,
  );
  expect(figures).toEqual({ answered: 3, firstRight: 1, right: 2, firstChoices: [1, 1] });
});
