/**
 * The problems that a page can meet before everything else of it is loaded: bytes are scarce
 * there. All others are in `problems.ts`.
 */
import { m } from '$lib/paraglide/messages';

import type { Problem, ProblemCode } from './wire';

type Texts = Partial<Record<ProblemCode, () => string>>;

export const FIRST_TEXTS = {
  foreign_host: m.problem_foreign_host,
  foreign_origin: m.problem_foreign_origin,
  internal: m.problem_internal,
  invalid_request: m.problem_invalid_request,
  invalid_text: m.problem_invalid_text,
  not_found: m.problem_not_found,
  room_full: m.problem_room_full,
  storage_full: m.problem_storage_full,
  too_many_requests: m.problem_too_many_requests,
  unavailable: m.problem_unavailable,
  unknown_workshop: m.problem_unknown_workshop,
  workshop_ended: m.problem_workshop_ended,
  wrong_join_code: m.problem_wrong_join_code,
  wrong_resume_code: m.problem_wrong_resume_code,
} satisfies Texts;

/** What to say to a person at the door or at a step. */
export function firstProblemText(problem: Problem): string {
  const texts: Texts = FIRST_TEXTS;
  return (texts[problem.code] ?? m.problem_internal)();
}
