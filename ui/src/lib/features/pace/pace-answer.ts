/** One's own answer to the pace question. */
import type { PaceAnswer, Snapshot } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';

export interface OwnAnswer {
  readonly answer: PaceAnswer;
  /** The server has it. */
  readonly isSent: boolean;
}

/** What was answered to the question that stands: what was pressed last, else what is known. */
export function ownAnswer(
  { pace, you }: Snapshot,
  pending: readonly PendingCommand[],
): OwnAnswer | null {
  const pressed = pending
    .map(({ body }) => body)
    .findLast((body) => body.type === 'answer_pace' && body.pace === pace?.id);
  if (pressed?.type === 'answer_pace') return { answer: pressed.answer, isSent: false };
  return you.paceAnswer ? { answer: you.paceAnswer, isSent: true } : null;
}
