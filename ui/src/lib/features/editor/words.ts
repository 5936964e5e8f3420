/** What the library says about texts; the page brings it along, as no feature imports another. */
import type { Diagnostic, ImportRefusal, Problem } from '$lib/api/wire';
import { problemText } from '$lib/api/problems';

export interface Words {
  readonly remark: (diagnostic: Diagnostic) => string;
  readonly refusal: (refusal: ImportRefusal) => string;
}

/** Why a text was not taken. */
export function refusedText(problem: Problem, words: Words): string {
  return problem.import ? words.refusal(problem.import) : problemText(problem);
}
