import type { Snapshot } from '$lib/api/wire';

import { findStep, type Spot } from '../reading';

/** The step a facilitator is at themselves, else the first of the agenda. */
export function ownSpot({ agenda, you }: Snapshot): Spot | null {
  const here = you.progress.find(({ codelab }) => codelab === you.lastCodelab);
  const found = findStep(agenda, here && { codelab: here.codelab, step: here.current });
  const first = agenda[0]?.steps[0];
  if (found) return { codelab: found.codelab.codelab, step: found.step.step };
  return agenda[0] && first ? { codelab: agenda[0].codelab, step: first.step } : null;
}
