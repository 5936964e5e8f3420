/**
 * What was said from here and is told already. The room tells a message to everybody, to whoever
 * wrote it too, and then answers the command; in between it is in both lists, and events do not
 * say which command caused them.
 */
import type { EventMessage, Message, Person } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';

import { KINDS, threadOf } from './message-groups';

/** What events say that was said. */
export function saidIn(events: readonly EventMessage[]): Message[] {
  return events.flatMap((event) =>
    event.type === 'message_posted' ||
    event.type === 'announcement_made' ||
    event.type === 'direct_message_posted'
      ? [event.message]
      : [],
  );
}

/**
 * The commands that have become these messages: each the oldest that says the same and is not known
 * to be told.
 */
export function toldBy(
  messages: readonly Message[],
  pending: readonly PendingCommand[],
  told: ReadonlySet<string>,
  me: Person,
): string[] {
  const found: string[] = [];
  for (const message of messages) {
    if (message.from.seat !== me.seat) continue;
    const command = pending.find(
      (waiting) =>
        !told.has(waiting.id) && !found.includes(waiting.id) && says(waiting, message, me),
    );
    if (command) found.push(command.id);
  }
  return found;
}

function says({ body }: PendingCommand, message: Message, me: Person): boolean {
  const thread = message.kind === 'direct' ? message.with?.seat : 'all';
  return (
    body.type in KINDS &&
    'text' in body &&
    KINDS[body.type] === message.kind &&
    threadOf(body, me) === thread &&
    body.text.trim() === message.text.trim() &&
    ('picture' in body ? body.picture : undefined) === message.picture?.file
  );
}
