/** Help requests. */
import type { EventMessage, HelpRequest, OfType, Snapshot } from '$lib/api/wire';

import { active, facilitated } from './seats';

type HelpEvent = OfType<
  EventMessage,
  'help_claimed' | 'help_handed_back' | 'help_resolved' | 'help_withdrawn'
>;

/** Somebody asked for help. */
export function raised(snapshot: Snapshot, request: HelpRequest): Snapshot {
  const next = withHelp(snapshot, request.from.seat, request.id, () => request);
  return active(next, request.from.seat, request.raisedAtMs);
}

/** What became of a request. */
export function helped(snapshot: Snapshot, event: HelpEvent): Snapshot {
  return withHelp(snapshot, event.seat, event.helpRequest, (request) =>
    request === undefined ? undefined : changed(request, event),
  );
}

function changed(request: HelpRequest, event: HelpEvent): HelpRequest {
  const { by: _, ...rest } = request;
  const takenAtMs = request.takenAtMs ?? event.atMs;
  switch (event.type) {
    case 'help_claimed':
      return { ...rest, status: 'claimed', by: event.by, takenAtMs };
    case 'help_handed_back':
      return { ...rest, status: 'open' };
    case 'help_resolved':
      return { ...rest, status: 'resolved', by: event.by, takenAtMs, closedAtMs: event.atMs };
    case 'help_withdrawn':
      return { ...rest, status: 'withdrawn', closedAtMs: event.atMs };
  }
}

type HelpUpdate = (known: HelpRequest | undefined) => HelpRequest | undefined;

function withHelp(snapshot: Snapshot, seat: number, id: number, update: HelpUpdate): Snapshot {
  const next = snapshot.you.person.seat === seat ? withOwnHelp(snapshot, id, update) : snapshot;
  return facilitated(next, (room) => {
    const known = room.helpRequests.find((request) => request.id === id);
    const changed = update(known);
    if (changed === undefined) return room;
    const helpRequests =
      known === undefined
        ? [...room.helpRequests, changed]
        : room.helpRequests.map((request) => (request === known ? changed : request));
    return { ...room, helpRequests };
  });
}

/** One's own request stands there while one waits. */
function withOwnHelp(snapshot: Snapshot, id: number, update: HelpUpdate): Snapshot {
  const { helpRequest, ...rest } = snapshot.you;
  const known = helpRequest?.id === id ? helpRequest : undefined;
  const changed = update(known);
  if (changed === undefined) return snapshot;
  const waits = changed.status === 'open' || changed.status === 'claimed';
  return { ...snapshot, you: waits ? { ...rest, helpRequest: changed } : rest };
}
