/** What a browser knows of its workshop. Replaced as a whole, never changed in place. */
import type { HelpPlace, PollResult, Pulse, Snapshot } from '$lib/api/wire';

export interface WorkshopModel {
  /** The workshop as this seat may see it, kept current by the events since. */
  readonly snapshot: Snapshot;
  /** Seats with a connection; for facilitators. */
  readonly online: ReadonlySet<number>;
  /** Where the room is. */
  readonly pulse: Pulse | null;
  /** One's own place in the help queue. */
  readonly helpPlace: HelpPlace | null;
  /** What came of polls, as far as this seat may see it. */
  readonly results: ReadonlyMap<number, PollResult>;
}

/** A model that begins with a snapshot. */
export function modelOf(snapshot: Snapshot): WorkshopModel {
  return {
    snapshot,
    online: new Set(),
    pulse: null,
    helpPlace: snapshot.you.helpPlace ?? null,
    results: new Map(),
  };
}
