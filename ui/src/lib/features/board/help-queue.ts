/** The order in which a facilitator works through help requests, and what they say about themselves. */
import type { AgendaCodelab, AgendaStep, HelpRequest } from '$lib/api/wire';

/** Who waits: what this facilitator has taken on first, then all others, each oldest first. */
export function orderQueue(waiting: readonly HelpRequest[], mySeat: number | null): HelpRequest[] {
  const rank = (request: HelpRequest): number => (isMine(request, mySeat) ? 0 : 1);
  return [...waiting].sort(
    (a, b) => rank(a) - rank(b) || a.raisedAtMs - b.raisedAtMs || a.id - b.id,
  );
}

/** Whether this facilitator is on the way to it. */
export function isMine(request: HelpRequest, mySeat: number | null): boolean {
  return request.status === 'claimed' && mySeat !== null && request.by?.seat === mySeat;
}

/** Whether it was taken on and then given back to the queue. */
export function isHandedBack(request: HelpRequest): boolean {
  return request.status === 'open' && request.takenAtMs !== undefined;
}

/** How long it waited until a facilitator took it on; `null` while nobody did. */
export function waitedMs(request: HelpRequest): number | null {
  if (request.takenAtMs === undefined) return null;
  return Math.max(0, request.takenAtMs - request.raisedAtMs);
}

/** Where somebody is stuck. */
export interface StuckAt {
  readonly codelab: AgendaCodelab;
  readonly step: AgendaStep;
  /** Counted from 1. */
  readonly position: number;
}

/** The step a request is about; nothing when it names none or one that is gone. */
export function stuckAt(request: HelpRequest, agenda: readonly AgendaCodelab[]): StuckAt | null {
  return stepOf(request.codelab, request.step, agenda);
}

/** A step of the agenda by its ids. */
export function stepOf(
  codelabId: string | undefined,
  stepId: string | undefined,
  agenda: readonly AgendaCodelab[],
): StuckAt | null {
  const codelab = agenda.find((known) => known.codelab === codelabId);
  const index = codelab?.steps.findIndex((step) => step.step === stepId) ?? -1;
  const step = codelab?.steps[index];
  return codelab && step ? { codelab, step, position: index + 1 } : null;
}

export interface QueueFigures {
  /** Who waits now, with somebody on the way or not. */
  readonly waiting: number;
  /** How long today's requests waited until somebody came; the middle of them. */
  readonly medianMs: number | null;
  /** The longest wait of today, of those too who still wait. */
  readonly longestMs: number | null;
  /** Requests resolved today. */
  readonly helped: number;
}

/** Today's queue in figures: the day, in this browser's time zone, of the moment they are for. */
export function queueFigures(requests: readonly HelpRequest[], nowMs: number): QueueFigures {
  const midnight = new Date(nowMs).setHours(0, 0, 0, 0);
  const today = requests.filter((request) => request.raisedAtMs >= midnight);
  const waits = today
    .map(waitedMs)
    .filter((waited) => waited !== null)
    .sort((a, b) => a - b);
  const unmet = today
    .filter((request) => request.status === 'open' && request.takenAtMs === undefined)
    .map((request) => Math.max(0, nowMs - request.raisedAtMs));
  const all = [...waits, ...unmet];
  return {
    waiting: requests.filter(({ status }) => status === 'open' || status === 'claimed').length,
    medianMs: waits[Math.floor(waits.length / 2)] ?? null,
    longestMs: all.length === 0 ? null : Math.max(...all),
    helped: today.filter(({ status }) => status === 'resolved').length,
  };
}

/** Who was helped, the newest first. */
export function recentlyHelped(requests: readonly HelpRequest[], limit: number): HelpRequest[] {
  return requests
    .filter(({ status }) => status === 'resolved')
    .sort((a, b) => (b.closedAtMs ?? 0) - (a.closedAtMs ?? 0))
    .slice(0, limit);
}
