/** How far somebody is with the quizzes of a codelab, and what a room answers. */
import type { AgendaCodelab, AgendaStep, QuizAnswer, RosterEntry } from '$lib/api/wire';

/** A step of a codelab, by their ids. */
export interface StepPlace {
  codelab: string;
  step: string;
}

export interface QuizProgress {
  total: number;
  answered: number;
  /** Of these, right at once. */
  firstRight: number;
  /** Of these, right in the end. */
  right: number;
  /** Steps with a quiz that is not answered. */
  open: readonly AgendaStep[];
}

/** What came of a quiz; it names nobody. */
export interface QuizFigures {
  /** Attendees who answered. */
  answered: number;
  /** Of these, right the first time. */
  firstRight: number;
  /** Of these, right in the end. */
  right: number;
  /** Per option: how many chose it the first time. */
  firstChoices: readonly number[];
}

/** What somebody answered to a quiz. */
export function answerTo(
  answers: readonly QuizAnswer[] | undefined,
  { codelab, step }: StepPlace,
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
    firstRight: found.filter(({ answer }) => answer?.firstRight).length,
    right: found.filter(({ answer }) => answer?.right).length,
    open: [...open],
  };
}

/** What the room has answered to a quiz of a step so far. */
export function quizFigures(
  roster: readonly RosterEntry[],
  at: StepPlace,
  quiz: string,
  options: number,
): QuizFigures {
  const answers = roster.flatMap(({ person, quizAnswers }) => {
    const answer = person.role === 'attendee' ? answerTo(quizAnswers, at, quiz) : undefined;
    return answer ? [answer] : [];
  });
  return {
    answered: answers.length,
    firstRight: answers.filter(({ firstRight }) => firstRight).length,
    right: answers.filter(({ right }) => right).length,
    firstChoices: Array.from(
      { length: options },
      (_, option) => answers.filter(({ first }) => first.includes(option)).length,
    ),
  };
}
