/**
 * One's own progress as it will be: what the server knows, and on top of it what was done here and
 * has no answer yet. So a press shows at once, also without a connection.
 */
import type { Snapshot } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';

export interface MyProgress {
  /** The step entered last. */
  readonly current: string | null;
  readonly completed: ReadonlySet<string>;
}

export function myProgress(
  snapshot: Snapshot,
  pending: readonly PendingCommand[],
  codelab: string,
): MyProgress {
  const known = snapshot.you.progress.find((entry) => entry.codelab === codelab);
  let current = known?.current ?? null;
  const completed = new Set(known?.completed);
  for (const { body } of pending) {
    if (!('codelab' in body) || body.codelab !== codelab) continue;
    if (body.type === 'enter_step') current = body.step;
    else if (body.type === 'complete_step') completed.add(body.step);
    else if (body.type === 'reopen_step') completed.delete(body.step);
  }
  return { current, completed };
}

/** The codelab entered last, by the same account. */
export function lastCodelab(snapshot: Snapshot, pending: readonly PendingCommand[]): string | null {
  const entered = pending.map(({ body }) => body).findLast((body) => body.type === 'enter_step');
  return entered?.codelab ?? snapshot.you.lastCodelab ?? null;
}
