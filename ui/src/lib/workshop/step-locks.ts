/** Steps that are not open yet: how far a facilitator lets the room go. */
import type { AgendaCodelab, Snapshot } from '$lib/api/wire';

type Limited = Pick<Snapshot, 'stepLimits' | 'status'>;

/**
 * How many steps of a codelab are open, counted from the first. A step that is gone limits nothing;
 * after the end everything can be read.
 */
export function openSteps({ stepLimits, status }: Limited, codelab: AgendaCodelab): number {
  const { steps } = codelab;
  const limit = stepLimits?.find((entry) => entry.codelab === codelab.codelab);
  const last = status === 'live' ? steps.findIndex(({ step }) => step === limit?.last) : -1;
  return last < 0 ? steps.length : last + 1;
}
