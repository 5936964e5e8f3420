/** Quizzes of a step: where they stand in its HTML, and how far somebody is with them. */
import type { AgendaCodelab, AgendaStep, QuizAnswer } from '$lib/api/wire';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

/** The step of a workshop that a quiz is part of. */
export interface QuizPlace {
  workshop: LiveWorkshop;
  codelab: string;
  step: string;
}

/** A quiz as a step's HTML has it: without what is right. */
export interface AskedQuiz {
  key: string;
  options: readonly string[];
  several: boolean;
  /** The id of the question's element. */
  labelledby: string;
}

export interface QuizProgress {
  total: number;
  answered: number;
  /** Of these, right at once. */
  rightAtOnce: number;
  /** Steps with a quiz that is not answered. */
  open: readonly AgendaStep[];
}

/** The quizzes of a step's HTML, and the list that stands for the answer of each. */
export function quizzesIn(root: HTMLElement): { quiz: AskedQuiz; list: Element }[] {
  return [...root.querySelectorAll<HTMLElement>('.quiz[data-quiz]')].flatMap((box, index) => {
    const [question, list] = [box.querySelector('.question'), box.querySelector('ul')];
    const key = box.dataset['quiz'];
    if (!question || !list || key === undefined) return [];
    // The same quiz may stand in a step twice.
    question.id = `quiz-${key}-${String(index)}`;
    const options = [...list.children].map((option) => option.textContent);
    const several = box.dataset['choose'] === 'several';
    return [{ quiz: { key, options, several, labelledby: question.id }, list }];
  });
}

/** What somebody answered to a quiz. */
export function answerTo(
  answers: readonly QuizAnswer[] | undefined,
  { codelab, step }: Pick<QuizPlace, 'codelab' | 'step'>,
  quiz: string,
): QuizAnswer | undefined {
  return answers?.find(
    (answer) => answer.quiz === quiz && answer.step === step && answer.codelab === codelab,
  );
}

/** How far somebody is with the quizzes that a codelab has now. */
export function quizProgress(
  { codelab, steps }: AgendaCodelab,
  answers: readonly QuizAnswer[] | undefined,
): QuizProgress {
  const found = steps.flatMap((step) =>
    (step.quizzes ?? []).map((quiz) => ({
      step,
      answer: answerTo(answers, { codelab, step: step.step }, quiz),
    })),
  );
  const open = new Set(found.flatMap(({ step, answer }) => (answer ? [] : [step])));
  return {
    total: found.length,
    answered: found.filter(({ answer }) => answer).length,
    rightAtOnce: found.filter(({ answer }) => answer?.firstRight).length,
    open: [...open],
  };
}

/** Whether two answers choose the same options. */
export function isSameChoice(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((option) => other.includes(option));
}
