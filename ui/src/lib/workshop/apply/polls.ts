/** Polls. */
import type { EventMessage, OfType, Poll, Snapshot } from '$lib/api/wire';

/** A poll, changed. */
export function withPoll(snapshot: Snapshot, id: number, facts: Partial<Poll>): Snapshot {
  const polls = (snapshot.polls ?? []).map((poll) =>
    poll.id === id ? { ...poll, ...facts } : poll,
  );
  return { ...snapshot, polls };
}

/** One's own answer. */
export function answered(
  snapshot: Snapshot,
  { poll, answer }: OfType<EventMessage, 'poll_answered'>,
): Snapshot {
  const others = (snapshot.you.pollAnswers ?? []).filter((own) => own.poll !== poll);
  return { ...snapshot, you: { ...snapshot.you, pollAnswers: [...others, { poll, answer }] } };
}
