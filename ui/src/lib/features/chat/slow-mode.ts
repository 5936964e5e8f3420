/** Slow mode: how long an attendee waits between two chat messages. */
import type { Message, Person } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';

export const SLOW_MODES = [0, 5, 10, 30, 60] as const;

interface Said {
  readonly messages: readonly Message[];
  readonly pending: readonly PendingCommand[];
  /** What to add to this browser's clock to have the server's, in milliseconds. */
  readonly clockOffsetMs: number;
}

/** When somebody wrote to everybody last, by the server's clock; `null` if never. */
export function wroteAtMs({ messages, pending, clockOffsetMs }: Said, me: Person): number | null {
  const waiting = pending.findLast(({ body }) => body.type === 'post_message');
  if (waiting !== undefined) return waiting.sinceMs + clockOffsetMs;
  const own = messages.findLast(({ kind, from }) => kind === 'chat' && from.seat === me.seat);
  return own?.atMs ?? null;
}

/** Whole seconds until the next message may be sent, judged by the server's clock. */
export function secondsToWait(wroteMs: number | null, pauseSeconds: number, nowMs: number): number {
  if (wroteMs === null || pauseSeconds === 0) return 0;
  // A clock that was set back makes nobody wait longer than the pause.
  const since = Math.max(0, nowMs - wroteMs);
  return Math.max(0, Math.ceil((pauseSeconds * 1000 - since) / 1000));
}
