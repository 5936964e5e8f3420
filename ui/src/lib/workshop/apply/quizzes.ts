/** Answers to quizzes. */
import type { EventMessage, OfType, QuizAnswer, Snapshot } from '$lib/api/wire';

import { inRoster } from './seats';

type Answered = OfType<EventMessage, 'quiz_answered'>;

/** Somebody answered a quiz; why it is right is told to who found it. */
export function quizAnswered(snapshot: Snapshot, event: Answered): Snapshot {
  const { you } = snapshot;
  const own = you.person.seat === event.seat;
  const next = own
    ? { ...snapshot, you: { ...you, quizAnswers: tried(you.quizAnswers ?? [], event) } }
    : snapshot;
  return inRoster(next, event.seat, (entry) => {
    const { explanation: _, ...told } = event;
    const quizAnswers = tried(entry.quizAnswers ?? [], told);
    return { ...entry, quizAnswers, activeAtMs: event.atMs };
  });
}

function tried(answers: readonly QuizAnswer[], event: Answered): QuizAnswer[] {
  const { codelab, step, quiz, choices, right, explanation } = event;
  const isIt = (answer: QuizAnswer): boolean =>
    answer.quiz === quiz && answer.step === step && answer.codelab === codelab;
  const before = answers.find(isIt);
  const answer: QuizAnswer = {
    codelab,
    step,
    quiz,
    first: before?.first ?? choices,
    firstRight: before?.firstRight ?? right,
    last: choices,
    right,
    tries: (before?.tries ?? 0) + 1,
    ...(explanation !== undefined && { explanation }),
  };
  return [...answers.filter((other) => !isIt(other)), answer];
}
