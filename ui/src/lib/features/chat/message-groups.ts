/** What was said, in the portions in which it is read. */
import type { Message, Person } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';

/** One thing said. */
export interface Line {
  /** The same for the same line on every screen update. */
  readonly key: string;
  readonly text: string;
}

/** What one person said without a pause or an interruption. */
export interface MessageGroup {
  readonly key: string;
  readonly kind: Message['kind'];
  readonly from: Person;
  readonly isOwn: boolean;
  /** When the first line was said; milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** Given here, but without an answer yet. */
  readonly isPending: boolean;
  readonly lines: readonly Line[];
}

/** A longer silence begins a new portion, in milliseconds. */
const PAUSE_MS = 5 * 60 * 1000;

/** Groups what was said and, after it, what is still on its way. */
export function groupMessages(
  messages: readonly Message[],
  pending: readonly PendingCommand[],
  me: Person,
): MessageGroup[] {
  const groups: MessageGroup[] = [];
  let previous: Message | undefined;
  for (const message of messages) {
    const line = { key: String(message.id), text: message.text };
    const open = groups.at(-1);
    if (open !== undefined && previous !== undefined && continues(previous, message)) {
      groups[groups.length - 1] = { ...open, lines: [...open.lines, line] };
    } else {
      groups.push({
        key: line.key,
        kind: message.kind,
        from: message.from,
        isOwn: message.from.seat === me.seat,
        atMs: message.atMs,
        isPending: false,
        lines: [line],
      });
    }
    previous = message;
  }
  return [...groups, ...pending.flatMap((command) => pendingGroup(command, me))];
}

function continues(previous: Message, message: Message): boolean {
  return (
    previous.kind === 'chat' &&
    message.kind === 'chat' &&
    previous.from.seat === message.from.seat &&
    message.atMs - previous.atMs < PAUSE_MS
  );
}

function pendingGroup({ id, body, sinceMs }: PendingCommand, me: Person): MessageGroup[] {
  if (body.type !== 'post_message' && body.type !== 'announce') return [];
  return [
    {
      key: id,
      kind: body.type === 'announce' ? 'announcement' : 'chat',
      from: me,
      isOwn: true,
      atMs: sinceMs,
      isPending: true,
      lines: [{ key: id, text: body.text }],
    },
  ];
}

/** What others said after the message that was read last. */
export function unreadCount(messages: readonly Message[], lastReadId: number, me: Person): number {
  return messages.filter(({ id, from }) => id > lastReadId && from.seat !== me.seat).length;
}

/** The newest announcement of somebody else that was not put away; `null` if there is none. */
export function newestAnnouncement(
  messages: readonly Message[],
  dismissedId: number,
  me: Person,
): Message | null {
  const newest = messages.findLast(({ kind }) => kind === 'announcement');
  if (newest === undefined || newest.id <= dismissedId || newest.from.seat === me.seat) return null;
  return newest;
}
