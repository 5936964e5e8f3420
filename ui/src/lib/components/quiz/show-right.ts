/** What is right, in the HTML of a step that facilitators look at outside of a workshop. */
import { mount, unmount } from 'svelte';

import QuizRight from './QuizRight.svelte';
import { inPlaceOfOptions } from './quizzes-in';
import type { RightQuiz } from './right-quiz';

/** Shows what is right and why; the returned function takes it away. */
export function showRight(root: HTMLElement, quizzes: readonly RightQuiz[]): () => void {
  const shown = inPlaceOfOptions(root, ({ key }) => {
    const quiz = quizzes.find((known) => known.quiz === key);
    return quiz ? (target) => mount(QuizRight, { target, props: { quiz } }) : null;
  });
  return () => {
    for (const one of shown) void unmount(one);
  };
}
