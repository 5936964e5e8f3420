/** What is said, and what becomes of it. */
import type { EventMessage, Message, OfType, ReactionSeats, Snapshot } from '$lib/api/wire';

import { assertNever } from '../assert-never';
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

/** What happens to a message after it was said. */
export type MessageEvent = OfType<EventMessage, 'message_deleted' | 'message_pinned' | 'reacted'>;

/** A message after an event about it. */
export function amended(message: Message, event: MessageEvent): Message {
  switch (event.type) {
    case 'message_deleted': {
      const { id, kind, from, atMs, with: thread, replyTo } = message;
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
    case 'message_pinned':
      return { ...message, pinned: event.pinned };
    case 'reacted':
      return { ...message, reactions: reactions(message.reactions ?? [], event) };
    default:
      return assertNever(event);
  }
}

/** A message was taken back (its place stays), pinned or unpinned, or somebody reacted. */
export function withMessageEvent(snapshot: Snapshot, event: MessageEvent): Snapshot {
  const all = (messages: Message[]): Message[] =>
    messages.map((message) => (message.id === event.message ? amended(message, event) : message));
  const next = {
    ...snapshot,
    messages: all(snapshot.messages),
    pinned: all(snapshot.pinned ?? []),
    directMessages: all(snapshot.directMessages ?? []),
  };
  if (event.type === 'reacted') return next;
  const others = next.pinned.filter((message) => message.id !== event.message);
  const message = next.messages.find(({ id, pinned }) => id === event.message && pinned);
  const pinned = message === undefined ? others : [...others, message];
  return { ...next, pinned: pinned.sort((a, b) => a.id - b.id) };
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
