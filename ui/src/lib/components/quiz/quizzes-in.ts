/** The quizzes of a step's HTML, in which nothing says what is right. */
import { wordsIn, type Words } from '$lib/components/code-spans';

export interface AskedQuiz {
  key: string;
  options: readonly (readonly Words[])[];
  /** Several options are to be chosen. */
  several: boolean;
  /** The id of the question's element. */
  labelledby: string;
}

/** The quizzes of a step's HTML in order, each with the list of its options. */
export function quizzesIn(root: HTMLElement): { quiz: AskedQuiz; list: Element }[] {
  return [...root.querySelectorAll<HTMLElement>('.quiz[data-quiz]')].flatMap((box, index) => {
    const [question, list] = [box.querySelector('.question'), box.querySelector('ul')];
    const key = box.dataset['quiz'];
    if (!question || !list || key === undefined) return [];
    // The same quiz may stand in a step twice.
    question.id = `quiz-${key}-${String(index)}`;
    const options = [...list.children].map(wordsIn);
    const several = box.dataset['choose'] === 'several';
    return [{ quiz: { key, options, several, labelledby: question.id }, list }];
  });
}

/**
 * Puts something in place of the options of each quiz, unless `show` gives `null`; answers what
 * was put there.
 */
export function inPlaceOfOptions<Shown>(
  root: HTMLElement,
  show: (quiz: AskedQuiz) => ((target: HTMLElement) => Shown) | null,
): Shown[] {
  return quizzesIn(root).flatMap(({ quiz, list }) => {
    const fill = show(quiz);
    if (fill === null) return [];
    const target = document.createElement('div');
    list.replaceWith(target);
    return [fill(target)];
  });
}
