/** What was not delivered, in the words of the screen. */
import { storedProblemText } from '$lib/api/problems';
import type { PollAnswer, Snapshot } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';
import { m } from '$lib/paraglide/messages';

export interface Description {
  /** What it was to be. */
  readonly title: string;
  /** What somebody wrote or chose; empty where there are no words. */
  readonly text: string;
}

/** Says what a command was; `snapshot` knows the names of things where there is one. */
export function described(body: CommandBody, snapshot: Snapshot | null): Description {
  switch (body.type) {
    case 'post_message':
      return {
        title: body.picture ? m.undelivered_message_picture() : m.undelivered_message(),
        text: body.text,
      };
    case 'post_direct_message':
      return {
        title: body.picture ? m.undelivered_direct_picture() : m.undelivered_direct(),
        text: body.text,
      };
    case 'announce':
      return { title: m.undelivered_announcement(), text: body.text };
    case 'raise_help':
      return { title: m.undelivered_help(), text: body.message ?? '' };
    case 'answer_poll':
      return answeredPoll(body.poll, body.answer, snapshot);
    case 'answer_quiz':
      return {
        title: named(body, snapshot, m.undelivered_quiz, m.undelivered_quiz_unknown),
        text: numbered(body.choices),
      };
    case 'answer_pace':
      return {
        title: m.undelivered_pace(),
        text: body.answer === 'done' ? m.pace_done() : m.pace_stuck(),
      };
    case 'complete_step':
      return wordless(named(body, snapshot, m.undelivered_done, m.undelivered_done_unknown));
    case 'reopen_step':
      return wordless(
        named(body, snapshot, m.undelivered_reopened, m.undelivered_reopened_unknown),
      );
    case 'react':
      return wordless(m.undelivered_reaction());
    case 'delete_message':
      return wordless(m.undelivered_deletion());
    case 'open_poll':
      return {
        title: m.undelivered_poll(),
        text: [body.form.question, ...(body.form.options ?? [])].join('\n'),
      };
    case 'ask_pace':
    case 'claim_help':
    case 'close_pace':
    case 'close_poll':
    case 'end_workshop':
    case 'enter_step':
    case 'hand_back_help':
    case 'limit_steps':
    case 'mute_seat':
    case 'pin_message':
    case 'release_lead':
    case 'require_join_code':
    case 'reset_poll':
    case 'resolve_help':
    case 'reveal_poll':
    case 'schedule_end':
    case 'set_following':
    case 'set_slow_mode':
    case 'start_timer':
    case 'stop_timer':
    case 'take_lead':
    case 'withdraw_help':
      return wordless(m.undelivered_action());
    // What another release stored and this page does not know.
    default:
      return wordless(m.undelivered_action());
  }
}

const wordless = (title: string): Description => ({ title, text: '' });

/** An answer to a poll that was sent, or begun. */
export function answeredPoll(
  id: number,
  answer: PollAnswer,
  snapshot: Snapshot | null,
): Description {
  const form = snapshot?.polls?.find((poll) => poll.id === id)?.form;
  const title = form
    ? m.undelivered_poll_answer({ question: form.question })
    : m.undelivered_poll_answer_unknown();
  if (answer.text !== undefined) return { title, text: answer.text };
  if (answer.words) return { title, text: answer.words.filter(Boolean).join(', ') };
  if (answer.scale !== undefined) return { title, text: String(answer.scale) };
  const chosen = answer.options ?? [];
  const labels = chosen.map((option) => form?.options?.[option]);
  return {
    title,
    text: labels.includes(undefined) ? numbered(chosen) : labels.join('\n'),
  };
}

/** Options by their numbers, where their words are not known. */
const numbered = (options: readonly number[]): string =>
  options.map((option) => m.undelivered_option({ number: option + 1 })).join(', ');

function named(
  at: { codelab: string; step: string },
  snapshot: Snapshot | null,
  known: (step: { position: number; title: string }) => string,
  unknown: () => string,
): string {
  const steps = snapshot?.agenda.find(({ codelab }) => codelab === at.codelab)?.steps ?? [];
  const index = steps.findIndex(({ step }) => step === at.step);
  const step = steps[index];
  return step ? known({ position: index + 1, title: step.title }) : unknown();
}

/** Why a command was not delivered. */
export function reasonText({ refusal }: PendingCommand): string {
  if (refusal === undefined) return m.undelivered_reason_seat();
  if (refusal.code === 'workshop_ended') return m.undelivered_reason_ended();
  return storedProblemText(refusal.code) ?? m.undelivered_reason_unknown();
}
