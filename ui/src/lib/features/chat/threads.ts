/** Who speaks with whom: everybody, or an attendee with the facilitators. */
import type { Message, Person } from '$lib/api/wire';

/** Everybody, or the seat of the attendee. */
export type ThreadId = 'all' | number;

/** An attendee with whom facilitators wrote. */
export interface DirectThread {
  readonly person: Person;
  readonly last: Message;
  /** What the attendee wrote and this browser has not shown. */
  readonly unread: number;
}

/** Whether a message belongs to a thread. */
export function isOfThread(message: Message, thread: ThreadId): boolean {
  return thread === 'all' ? message.kind !== 'direct' : message.with?.seat === thread;
}

/** The threads of a facilitator, the one with the newest message first. */
export function directThreads(
  messages: readonly Message[],
  readId: (seat: number) => number,
): DirectThread[] {
  const threads = new Map<number, DirectThread>();
  for (const message of messages) {
    const person = message.with;
    if (person === undefined) continue;
    const before = threads.get(person.seat)?.unread ?? 0;
    const isNews = message.from.seat === person.seat && message.id > readId(person.seat);
    threads.set(person.seat, { person, last: message, unread: before + (isNews ? 1 : 0) });
  }
  return [...threads.values()].sort((a, b) => b.last.id - a.last.id);
}
