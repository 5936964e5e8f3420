/** Problems in the words of the screen. A new code does not compile until it is worded here. */
import { m } from '$lib/paraglide/messages';

import { FIRST_TEXTS } from './first-problems';
import type { Problem, ProblemCode } from './wire';

const TEXTS: Record<ProblemCode, () => string> = {
  ...FIRST_TEXTS,
  codelab_twice_on_agenda: m.problem_codelab_twice_on_agenda,
  damaged: m.problem_damaged,
  empty_agenda: m.problem_empty_agenda,
  help_already_claimed: m.problem_help_already_claimed,
  help_already_closed: m.problem_help_already_closed,
  help_already_raised: m.problem_help_already_raised,
  help_not_claimed: m.problem_help_not_claimed,
  import_failed: m.problem_import_failed,
  invalid_cursor: m.problem_invalid_cursor,
  invalid_poll: m.problem_invalid_poll,
  invalid_poll_answer: m.problem_invalid_poll_answer,
  invalid_quiz_answer: m.problem_invalid_quiz_answer,
  message_deleted: m.problem_message_deleted,
  message_is_direct: m.problem_message_is_direct,
  message_not_found: m.problem_message_not_found,
  method_not_allowed: m.problem_method_not_allowed,
  muted: m.problem_muted,
  not_a_facilitator: m.problem_not_a_facilitator,
  not_a_picture: m.problem_not_a_picture,
  not_authenticated: m.problem_not_authenticated,
  not_an_attendee: m.problem_not_an_attendee,
  not_leading: m.problem_not_leading,
  not_your_help_request: m.problem_not_your_help_request,
  not_your_message: m.problem_not_your_message,
  out_of_range: m.problem_out_of_range,
  pace_closed: m.problem_pace_closed,
  piece_out_of_place: m.problem_piece_out_of_place,
  poll_closed: m.problem_poll_closed,
  revision_conflict: m.problem_revision_conflict,
  slow_mode: m.problem_slow_mode,
  step_locked: m.problem_step_locked,
  too_large: m.problem_too_large,
  too_many_pinned: m.problem_too_many_pinned,
  too_many_polls: m.problem_too_many_polls,
  unknown_codelab: m.problem_unknown_codelab,
  unknown_help_request: m.problem_unknown_help_request,
  unknown_invitation: m.problem_unknown_invitation,
  unknown_message: m.problem_unknown_message,
  unknown_pace: m.problem_unknown_pace,
  unknown_picture: m.problem_unknown_picture,
  unknown_poll: m.problem_unknown_poll,
  unknown_quiz: m.problem_unknown_quiz,
  unknown_seat: m.problem_unknown_seat,
  unknown_step: m.problem_unknown_step,
  wrong_invitation: m.problem_wrong_invitation,
};

/** What to say to the person; `problem.detail` says more, in English. */
export function problemText({ code }: Pick<Problem, 'code'>): string {
  return TEXTS[code]();
}

/** The same for a code that an older or newer page may have stored; nothing for a foreign one. */
export function storedProblemText(code: string): string | undefined {
  const texts: Partial<Record<string, () => string>> = TEXTS;
  return texts[code]?.();
}
