/** Quizzes in a step's HTML as facilitators see them in a workshop. */
import { mount, unmount } from 'svelte';

import { agendaQuizzes } from '$lib/api/facilitating';
import { inPlaceOfOptions } from '$lib/components/quiz/quizzes-in';

import type { QuizPlace } from '../quiz-place';
import LiveQuiz from './LiveQuiz.svelte';

/** Shows what the room answers, and on request what is right; the returned function ends it. */
export function showFigures(root: HTMLElement, place: QuizPlace): () => void {
  let shown: Record<string, unknown>[] = [];
  let gone = false;
  void agendaQuizzes(place.workshop.id).then((answer) => {
    // Without an answer the options stay as everybody has them.
    if (gone || !answer.ok) return;
    const { items } = answer.value;
    shown = inPlaceOfOptions(root, ({ key }) => {
      const quiz = items.find(
        (one) => one.quiz === key && one.codelab === place.codelab && one.step === place.step,
      );
      return quiz ? (target) => mount(LiveQuiz, { target, props: { place, quiz } }) : null;
    });
  });
  return () => {
    gone = true;
    for (const one of shown) void unmount(one);
  };
}
