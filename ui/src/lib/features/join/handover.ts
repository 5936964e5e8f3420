/**
 * From the door to the workshop: the answer to joining holds everything the first step needs, so
 * the workshop's page begins with it instead of asking again.
 */
import type { Snapshot } from '$lib/api/wire';

let carried: Snapshot | null = null;

export function handOver(snapshot: Snapshot): void {
  carried = snapshot;
}

/** What was handed over for a workshop, once. */
export function takeHandover(workshop: string): Snapshot | undefined {
  const snapshot = carried;
  carried = null;
  return snapshot?.workshop === workshop ? snapshot : undefined;
}
