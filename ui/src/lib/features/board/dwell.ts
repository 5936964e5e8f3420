/** How long somebody has been at a step, against the minutes its author planned. */
import type { BoardRow } from './board-model';

const MINUTE_MS = 60_000;

/** Beyond this many times the plan, somebody is stuck. */
export const STUCK_TIMES = 2;

/**
 * How warm a step is: just begun (less than half of the plan), within the plan, beyond it, or
 * beyond it so far that somebody should look. Without a plan it is never warmer than `within`.
 */
export type Heat = 'fresh' | 'within' | 'over' | 'long';

export function heat(dwellMs: number, plannedMinutes: number | undefined): Heat {
  const planMs = (plannedMinutes ?? 0) * MINUTE_MS;
  if (planMs <= 0) return 'within';
  if (dwellMs > planMs * STUCK_TIMES) return 'long';
  if (dwellMs > planMs) return 'over';
  return dwellMs < planMs / 2 ? 'fresh' : 'within';
}

/**
 * How long somebody has been at their step of this codelab. `null` when nobody works there: they
 * are away, in another codelab, or done with the step.
 */
export function dwellMs(row: BoardRow, nowMs: number): number | null {
  if (row.enteredAtMs === null || row.position === 0 || !row.isOnline || row.isFinished)
    return null;
  if (row.cells[row.position - 1] === 'here_done') return null;
  return Math.max(0, nowMs - row.enteredAtMs);
}
