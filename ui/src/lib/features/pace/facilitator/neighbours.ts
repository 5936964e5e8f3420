import type { AgendaCodelab } from '$lib/api/wire';

import type { FoundStep, Spot } from '../reading';

/** The steps before and after one, across the codelabs of an agenda. */
export function neighbours(
  agenda: readonly AgendaCodelab[],
  at: FoundStep | null,
): { before: Spot | null; after: Spot | null } {
  const all = agenda.flatMap(({ codelab, steps }) => steps.map(({ step }) => ({ codelab, step })));
  if (at === null) return { before: null, after: all[0] ?? null };
  const index = all.findIndex(
    ({ codelab, step }) => codelab === at.codelab.codelab && step === at.step.step,
  );
  return { before: all[index - 1] ?? null, after: all[index + 1] ?? null };
}
