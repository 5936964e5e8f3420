/** What comes of a quiz, as the room answers. */
import type { RosterEntry } from '$lib/api/wire';

import { answerTo, type QuizPlace } from '../quiz';

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

/** What the room has answered to a quiz of a step so far. */
export function figuresOf(
  roster: readonly RosterEntry[],
  at: Pick<QuizPlace, 'codelab' | 'step'>,
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
