/** A quiz with what is right, as facilitators have it. */
export interface RightQuiz {
  /** Its key in the HTML of a step. */
  quiz: string;
  question: string;
  options: readonly string[];
  /** The options that are right, counted from 0. */
  right: readonly number[];
  /** Why they are. */
  explanation?: string;
}

/** What came of a quiz. */
export interface Figures {
  answered: number;
  /** Right the first time. */
  firstRight: number;
  /** Right in the end. */
  right: number;
  /** Per option: how many chose it the first time. */
  firstChoices: readonly number[];
}
