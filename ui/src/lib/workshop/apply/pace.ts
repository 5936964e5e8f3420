/** Answers to "is everybody at this step?". */
import type { EventMessage, OfType, Snapshot } from '$lib/api/wire';

import { active, facilitated } from './seats';

/** Somebody answered. */
export function paceAnswered(
  snapshot: Snapshot,
  event: OfType<EventMessage, 'pace_answered'>,
): Snapshot {
  if (snapshot.pace?.id !== event.pace) return snapshot;
  const { seat, answer } = event;
  const own = snapshot.you.person.seat === seat;
  const you = own ? { ...snapshot.you, paceAnswer: answer } : snapshot.you;
  const next = facilitated({ ...snapshot, you }, (room) => {
    const others = (room.paceAnswers ?? []).filter((reply) => reply.seat !== seat);
    return { ...room, paceAnswers: [...others, { seat, answer }] };
  });
  return active(next, seat, event.atMs);
}
