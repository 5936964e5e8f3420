/** What happens to a message after it was said, for those that the model does not hold. */
import type { EventMessage, Message, OfType } from '$lib/api/wire';
import { withoutWords, withReaction } from '$lib/workshop/apply/messages';
import { assertNever } from '$lib/workshop/assert-never';

export type MessageEvent = OfType<EventMessage, 'message_deleted' | 'message_pinned' | 'reacted'>;

/** Whether an event is about a message that was said before. */
export function isAboutMessage(event: EventMessage): event is MessageEvent {
  return (
    event.type === 'message_deleted' || event.type === 'message_pinned' || event.type === 'reacted'
  );
}

/** A message after an event about it. */
export function amended(message: Message, event: MessageEvent): Message {
  switch (event.type) {
    case 'message_deleted':
      return withoutWords(message);
    case 'message_pinned':
      return { ...message, pinned: event.pinned };
    case 'reacted':
      return withReaction(message, event);
    default:
      return assertNever(event);
  }
}
