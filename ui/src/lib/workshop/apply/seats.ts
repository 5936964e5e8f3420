/** Who is here, and what facilitators know of each. */
import type { EventMessage, Facilitation, OfType, RosterEntry, Snapshot } from '$lib/api/wire';

/** The room as facilitators see it, changed; nothing for others. */
export function facilitated(
  snapshot: Snapshot,
  update: (room: Facilitation) => Facilitation,
): Snapshot {
  if (snapshot.facilitation === undefined) return snapshot;
  return { ...snapshot, facilitation: update(snapshot.facilitation) };
}

/** Somebody joined. */
export function seated(snapshot: Snapshot, event: OfType<EventMessage, 'seat_taken'>): Snapshot {
  const { person, atMs } = event;
  const known = snapshot.facilitators.some((other) => other.seat === person.seat);
  const facilitators =
    person.role === 'facilitator' && !known
      ? [...snapshot.facilitators, person]
      : snapshot.facilitators;
  return facilitated({ ...snapshot, facilitators }, (room) => {
    if (room.roster.some((entry) => entry.person.seat === person.seat)) return room;
    const entry = { person, joinedAtMs: atMs, activeAtMs: atMs, following: true, progress: [] };
    return { ...room, roster: [...room.roster, entry] };
  });
}

/** A line of the roster, changed. */
export function inRoster(
  snapshot: Snapshot,
  seat: number,
  update: (entry: RosterEntry) => RosterEntry,
): Snapshot {
  return facilitated(snapshot, (room) => ({
    ...room,
    roster: room.roster.map((entry) => (entry.person.seat === seat ? update(entry) : entry)),
  }));
}

/** Somebody did something. */
export function active(snapshot: Snapshot, seat: number, atMs: number): Snapshot {
  return inRoster(snapshot, seat, (entry) => ({ ...entry, activeAtMs: atMs }));
}

/** What is true of a seat, for its own page and for facilitators. */
export function withSeat(
  snapshot: Snapshot,
  seat: number,
  facts: Pick<Partial<RosterEntry>, 'muted' | 'following'>,
): Snapshot {
  const own = snapshot.you.person.seat === seat;
  const next = own ? { ...snapshot, you: { ...snapshot.you, ...facts } } : snapshot;
  return inRoster(next, seat, (entry) => ({ ...entry, ...facts }));
}
