/**
 * Problems in the words of the screen. What can meet somebody at the door is worded here; the rest
 * is not needed to read the first step, and stands in more-problems.ts.
 */
import { m } from '$lib/paraglide/messages';

import type { Problem, ProblemCode } from './wire';

type Texts<Code extends ProblemCode> = Readonly<Record<Code, () => string>>;

const AT_THE_DOOR = {
  foreign_host: m.problem_foreign_host,
  foreign_origin: m.problem_foreign_origin,
  internal: m.problem_internal,
  invalid_text: m.problem_invalid_text,
  not_authenticated: m.problem_not_authenticated,
  not_found: m.problem_not_found,
  room_full: m.problem_room_full,
  storage_full: m.problem_storage_full,
  too_many_requests: m.problem_too_many_requests,
  unavailable: m.problem_unavailable,
  unknown_workshop: m.problem_unknown_workshop,
  workshop_ended: m.problem_workshop_ended,
  wrong_join_code: m.problem_wrong_join_code,
  wrong_resume_code: m.problem_wrong_resume_code,
} satisfies Partial<Texts<ProblemCode>>;

/** The words of every other problem: a new code does not compile until it is worded. */
export type MoreTexts = Texts<Exclude<ProblemCode, keyof typeof AT_THE_DOOR>>;

let texts: Partial<Texts<ProblemCode>> = AT_THE_DOOR;

/** From now on there are words for everything. */
export function learn(more: MoreTexts): void {
  texts = { ...AT_THE_DOOR, ...more };
}

/** What to say to the person; `problem.detail` says more, in English. */
export function problemText(problem: Problem): string {
  return (texts[problem.code] ?? m.problem_internal)();
}
