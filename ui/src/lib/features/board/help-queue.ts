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

/** Where somebody is stuck. */
export interface StuckAt {
  readonly codelab: AgendaCodelab;
  readonly step: AgendaStep;
  /** Counted from 1. */
  readonly position: number;
}

/** The step a request is about; nothing when it names none or one that is gone. */
export function stuckAt(request: HelpRequest, agenda: readonly AgendaCodelab[]): StuckAt | null {
  const codelab = agenda.find((known) => known.codelab === request.codelab);
  const index = codelab?.steps.findIndex((step) => step.step === request.step) ?? -1;
  const step = codelab?.steps[index];
  return codelab && step ? { codelab, step, position: index + 1 } : null;
}
