/** Quizzes in a step's HTML, made to be answered; facilitators see what comes of them. */
import { mount, unmount } from 'svelte';

import { inPlaceOfOptions } from '$lib/components/quiz/quizzes-in';

import type { QuizPlace } from './quiz-place';
import QuizForm from './QuizForm.svelte';

/** Lets the quizzes of a step's HTML be answered; the returned function ends it. */
export function mountQuizzes(root: HTMLElement, place: QuizPlace): () => void {
  return place.workshop.isFacilitator ? showFigures(root, place) : letAnswer(root, place);
}

function letAnswer(root: HTMLElement, place: QuizPlace): () => void {
  const forms = inPlaceOfOptions(
    root,
    (quiz) => (target) => mount(QuizForm, { target, props: { place, quiz } }),
  );
  return () => {
    for (const form of forms) void unmount(form);
  };
}

/** Attendees never need it: a download of its own. */
function showFigures(root: HTMLElement, place: QuizPlace): () => void {
  let forget: (() => void) | undefined;
  let gone = false;
  if (root.querySelector('.quiz[data-quiz]')) {
    void import('./facilitator/show-figures').then(
      (figures) => {
        if (!gone) forget = figures.showFigures(root, place);
      },
      // Without the network the options stay.
      () => undefined,
    );
  }
  return () => {
    gone = true;
    forget?.();
  };
}
