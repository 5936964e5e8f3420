/** What was said, in the portions in which it is read. */
import type { Message, Person, Picture } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';

import type { ThreadId } from './threads';

/** One thing said. */
export interface Line {
  /** The same for the same line on every screen update. */
  readonly key: string;
  /** As the server has it; of what is on its way, as it will be. */
  readonly message: Message;
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

/** What is needed to show what is on its way. */
export interface OnItsWay {
  readonly thread: ThreadId;
  readonly pending: readonly PendingCommand[];
  readonly people?: readonly Person[];
  readonly picture?: (command: PendingCommand) => Picture | undefined;
}

/** A longer silence begins a new portion, in milliseconds. */
const PAUSE_MS = 5 * 60 * 1000;

/** Groups what was said and, after it, what is still on its way. */
export function groupMessages(
  messages: readonly Message[],
  onItsWay: OnItsWay,
  me: Person,
): MessageGroup[] {
  const groups: MessageGroup[] = [];
  let previous: Message | undefined;
  for (const message of messages) {
    const line = { key: String(message.id), message };
    const open = groups.at(-1);
    if (open !== undefined && previous !== undefined && continues(previous, message)) {
      groups[groups.length - 1] = { ...open, lines: [...open.lines, line] };
    } else {
      groups.push(groupOf(line, me, false));
    }
    previous = message;
  }
  const waiting = onItsWay.pending.flatMap((command) => pendingGroup(command, onItsWay, me));
  return [...groups, ...waiting];
}

function groupOf(line: Line, me: Person, isPending: boolean): MessageGroup {
  const { kind, from, atMs } = line.message;
  const isOwn = from.seat === me.seat;
  return { key: line.key, kind, from, isOwn, atMs, isPending, lines: [line] };
}

function continues(previous: Message, message: Message): boolean {
  return (
    previous.kind !== 'announcement' &&
    message.kind !== 'announcement' &&
    previous.from.seat === message.from.seat &&
    message.atMs - previous.atMs < PAUSE_MS
  );
}

/** The thread in which a command says something; `null` if it says nothing. */
export function threadOf(body: CommandBody, me: Person | null): ThreadId | null {
  if (body.type === 'post_message' || body.type === 'announce') return 'all';
  if (body.type === 'post_direct_message') return body.with ?? me?.seat ?? null;
  return null;
}

/** What a command says becomes a message of this kind. */
export const KINDS = {
  post_message: 'chat',
  announce: 'announcement',
  post_direct_message: 'direct',
} as const;

function pendingGroup(
  command: PendingCommand,
  { thread, people = [], picture }: OnItsWay,
  me: Person,
): MessageGroup[] {
  const { id, body, sinceMs } = command;
  if (threadOf(body, me) !== thread || !(body.type in KINDS) || !('text' in body)) return [];
  const shown = picture?.(command);
  const seats = body.type === 'post_message' ? (body.mentions ?? []) : [];
  const mentions = people.filter(({ seat }) => seats.includes(seat));
  const replyTo = body.type === 'announce' ? undefined : body.replyTo;
  const message: Message = {
    id: 0,
    kind: KINDS[body.type],
    from: me,
    text: body.text,
    atMs: sinceMs,
    mentions,
    ...(replyTo !== undefined && { replyTo }),
    ...(shown && { picture: shown }),
  };
  return [groupOf({ key: id, message }, me, true)];
}

/** Whether a message calls somebody by name. */
export function isMentioned({ mentions = [] }: Message, me: Person): boolean {
  return mentions.some(({ seat }) => seat === me.seat);
}

/** What others said after the message that was read last. */
export function unreadCount(messages: readonly Message[], lastReadId: number, me: Person): number {
  return messages.filter(
    ({ id, from, deleted }) => id > lastReadId && from.seat !== me.seat && deleted !== true,
  ).length;
}

/** The newest announcement of somebody else that was not put away; `null` if there is none. */
export function newestAnnouncement(
  messages: readonly Message[],
  dismissedId: number,
  me: Person,
): Message | null {
  const newest = messages.findLast(
    ({ kind, deleted }) => kind === 'announcement' && deleted !== true,
  );
  if (newest === undefined || newest.id <= dismissedId || newest.from.seat === me.seat) return null;
  return newest;
}
