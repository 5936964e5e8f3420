/** Which refused commands somebody would miss, and which can be given again. */
import type { ProblemCode } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';

type CommandType = CommandBody['type'];

/** Moving about, and taking back what is over anyway: nobody misses them. */
const UNMISSED: ReadonlySet<CommandType> = new Set<CommandType>([
  'enter_step',
  'set_following',
  'withdraw_help',
]);

/** Buttons of facilitators: the part of the page that has them says at once why not. */
const CONTROLS: ReadonlySet<CommandType> = new Set<CommandType>([
  'ask_pace',
  'claim_help',
  'close_pace',
  'close_poll',
  'end_workshop',
  'hand_back_help',
  'limit_steps',
  'mute_seat',
  'pin_message',
  'release_lead',
  'require_join_code',
  'reset_poll',
  'resolve_help',
  'reveal_poll',
  'schedule_end',
  'set_slow_mode',
  'start_timer',
  'stop_timer',
  'take_lead',
]);

/** Refusals that the same command meets again, whenever it is given. */
const FINAL: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'invalid_poll',
  'invalid_poll_answer',
  'invalid_quiz_answer',
  'invalid_request',
  'invalid_text',
  'not_a_facilitator',
  'not_an_attendee',
  'not_your_message',
  'out_of_range',
  'pace_closed',
  'poll_closed',
  'unknown_codelab',
  'unknown_message',
  'unknown_pace',
  'unknown_poll',
  'unknown_quiz',
  'unknown_step',
]);

/** Whether a command stays on the list until its author dismisses it. */
export function isMissed({ body, refusal }: PendingCommand): boolean {
  if (UNMISSED.has(body.type)) return false;
  if (CONTROLS.has(body.type) && refusal?.isHeard) return false;
  // The message is gone, as was asked, or there is nothing left to react to.
  const isMoot = refusal?.code === 'message_deleted' || refusal?.code === 'message_not_found';
  return !(isMoot && (body.type === 'delete_message' || body.type === 'react'));
}

/** Whether giving a command again can succeed, as far as its refusal tells. */
export function canRepeat({ refusal }: PendingCommand): boolean {
  return refusal === undefined || !FINAL.has(refusal.code);
}

/** The command as it can be given again: without what was the reason for its refusal. */
export function repeatable({ body, refusal }: PendingCommand): CommandBody {
  const isParentGone = refusal?.code === 'message_deleted' || refusal?.code === 'message_not_found';
  if (isParentGone && 'replyTo' in body) {
    const { replyTo: _, ...rest } = body;
    return rest;
  }
  if (refusal?.code === 'unknown_picture' && 'picture' in body && 'text' in body && body.text) {
    const { picture: _, ...rest } = body;
    return rest;
  }
  return body;
}
