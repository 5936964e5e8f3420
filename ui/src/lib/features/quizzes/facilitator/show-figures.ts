/** Quizzes in a step's HTML as facilitators see them. */
import { mount, unmount } from 'svelte';

import { agendaQuizzes } from '$lib/api/facilitating';
import type { Quiz } from '$lib/api/wire';

import { quizzesIn, type QuizPlace } from '../quiz';
import LiveQuiz from './LiveQuiz.svelte';
import QuizRight from './QuizRight.svelte';

type Mounted = Record<string, unknown>;

/** Shows what is right and what the room answers; the returned function ends it. */
export function showFigures(root: HTMLElement, place: QuizPlace): () => void {
  let shown: Mounted[] = [];
  let gone = false;
  void agendaQuizzes(place.workshop.id).then((answer) => {
    // Without an answer the options stay as everybody has them.
    if (gone || !answer.ok) return;
    const quizzes = answer.value.items.filter(
      ({ codelab, step }) => codelab === place.codelab && step === place.step,
    );
    shown = inPlace(root, quizzes, (quiz, target) =>
      mount(LiveQuiz, { target, props: { place, quiz } }),
    );
  });
  return () => {
    gone = true;
    for (const one of shown) void unmount(one);
  };
}

/** Shows what is right in the HTML of a step, outside of a workshop. */
export function showRight(root: HTMLElement, quizzes: readonly Quiz[]): () => void {
  const shown = inPlace(root, quizzes, (quiz, target) =>
    mount(QuizRight, { target, props: { quiz } }),
  );
  return () => {
    for (const one of shown) void unmount(one);
  };
}

function inPlace(
  root: HTMLElement,
  quizzes: readonly Quiz[],
  show: (quiz: Quiz, target: HTMLElement) => Mounted,
): Mounted[] {
  return quizzesIn(root).flatMap(({ quiz: { key }, list }) => {
    const quiz = quizzes.find((known) => known.quiz === key);
    if (!quiz) return [];
    const target = document.createElement('div');
    list.replaceWith(target);
    return [show(quiz, target)];
  });
}
