/** What is said, and what becomes of it. */
import type { EventMessage, Message, OfType, ReactionSeats, Snapshot } from '$lib/api/wire';

import { active } from './seats';

/** Something was said to everybody. */
export function said(snapshot: Snapshot, message: Message): Snapshot {
  const messages = added(snapshot.messages, message);
  return active({ ...snapshot, messages }, message.from.seat, message.atMs);
}

/** Something was said between an attendee and the facilitators. */
export function directed(snapshot: Snapshot, message: Message): Snapshot {
  const directMessages = added(snapshot.directMessages ?? [], message);
  return active({ ...snapshot, directMessages }, message.from.seat, message.atMs);
}

/** A message was taken back: its place stays. */
export function deleted(snapshot: Snapshot, id: number): Snapshot {
  const next = withMessage(snapshot, id, withoutWords);
  return { ...next, pinned: (next.pinned ?? []).filter((message) => message.id !== id) };
}

/** What is left of a message that was taken back. */
export function withoutWords({ id, kind, from, atMs, with: thread, replyTo }: Message): Message {
  return {
    id,
    kind,
    from,
    atMs,
    text: '',
    deleted: true,
    ...(thread && { with: thread }),
    ...(replyTo !== undefined && { replyTo }),
  };
}

/** A message now stays in sight, or no longer does. */
export function pinned(snapshot: Snapshot, id: number, isPinned: boolean): Snapshot {
  const next = withMessage(snapshot, id, (message) => ({ ...message, pinned: isPinned }));
  const others = (next.pinned ?? []).filter((message) => message.id !== id);
  const message = isPinned ? next.messages.find((known) => known.id === id) : undefined;
  const all = message === undefined ? others : [...others, message];
  return { ...next, pinned: all.sort((a, b) => a.id - b.id) };
}

/** Somebody reacted, or took that back. */
export function reacted(snapshot: Snapshot, event: OfType<EventMessage, 'reacted'>): Snapshot {
  return withMessage(snapshot, event.message, (message) => withReaction(message, event));
}

/** A message with a reaction more, or one less. */
export function withReaction(message: Message, event: OfType<EventMessage, 'reacted'>): Message {
  return { ...message, reactions: reactions(message.reactions ?? [], event) };
}

function reactions(
  known: readonly ReactionSeats[],
  { reaction, seat, on }: OfType<EventMessage, 'reacted'>,
): ReactionSeats[] {
  const others = known.find((entry) => entry.reaction === reaction)?.seats ?? [];
  const seats = others.filter((other) => other !== seat);
  if (on) seats.push(seat);
  if (seats.length === 0) return known.filter((entry) => entry.reaction !== reaction);
  if (others.length === 0) return [...known, { reaction, seats }];
  return known.map((entry) => (entry.reaction === reaction ? { reaction, seats } : entry));
}

function added(messages: Message[], message: Message): Message[] {
  if (messages.some((known) => known.id === message.id)) return messages;
  return [...messages, message];
}

/** A message changed, wherever the page holds it. */
function withMessage(
  snapshot: Snapshot,
  id: number,
  update: (message: Message) => Message,
): Snapshot {
  const all = (messages: Message[]): Message[] =>
    messages.map((message) => (message.id === id ? update(message) : message));
  return {
    ...snapshot,
    messages: all(snapshot.messages),
    pinned: all(snapshot.pinned ?? []),
    directMessages: all(snapshot.directMessages ?? []),
  };
}
