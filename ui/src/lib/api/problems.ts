/** Problems in the words of the screen. A new code does not compile until it is worded here. */
import { m } from '$lib/paraglide/messages';

import type { Problem, ProblemCode } from './wire';

const TEXTS: Record<ProblemCode, () => string> = {
  codelab_twice_on_agenda: m.problem_codelab_twice_on_agenda,
  empty_agenda: m.problem_empty_agenda,
  foreign_host: m.problem_foreign_host,
  foreign_origin: m.problem_foreign_origin,
  help_already_claimed: m.problem_help_already_claimed,
  help_already_closed: m.problem_help_already_closed,
  help_already_raised: m.problem_help_already_raised,
  import_failed: m.problem_import_failed,
  internal: m.problem_internal,
  invalid_cursor: m.problem_invalid_cursor,
  invalid_request: m.problem_invalid_request,
  invalid_text: m.problem_invalid_text,
  method_not_allowed: m.problem_method_not_allowed,
  not_a_facilitator: m.problem_not_a_facilitator,
  not_authenticated: m.problem_not_authenticated,
  not_found: m.problem_not_found,
  not_your_help_request: m.problem_not_your_help_request,
  room_full: m.problem_room_full,
  storage_full: m.problem_storage_full,
  too_large: m.problem_too_large,
  too_many_requests: m.problem_too_many_requests,
  unavailable: m.problem_unavailable,
  unknown_codelab: m.problem_unknown_codelab,
  unknown_help_request: m.problem_unknown_help_request,
  unknown_message: m.problem_unknown_message,
  unknown_seat: m.problem_unknown_seat,
  unknown_step: m.problem_unknown_step,
  unknown_workshop: m.problem_unknown_workshop,
  workshop_ended: m.problem_workshop_ended,
  wrong_invitation: m.problem_wrong_invitation,
  wrong_join_code: m.problem_wrong_join_code,
  wrong_resume_code: m.problem_wrong_resume_code,
};

/** What to say to the person; `problem.detail` says more, in English. */
export function problemText(problem: Problem): string {
  return TEXTS[problem.code]();
}
