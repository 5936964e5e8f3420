/** Which boxes of a step's checklists somebody ticked. Stays in this browser: it is a note to oneself. */
import * as storage from '$lib/browser/storage';

const keyOf = (workshop: string, step: string): string => `ticks.${workshop}.${step}`;

/** The positions of the ticked boxes, from 0; `null` when nothing was ever ticked or unticked. */
export function readTicks(workshop: string, step: string): ReadonlySet<number> | null {
  const stored = storage.read(keyOf(workshop, step));
  if (stored === null) return null;
  return new Set(stored.split(',').filter(Boolean).map(Number));
}

export function writeTicks(workshop: string, step: string, ticked: readonly number[]): void {
  storage.write(keyOf(workshop, step), ticked.join(','));
}
