/** What this browser has read, so that a badge counts only news. */
import type { Message } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';

import type { ThreadId } from './threads';

/** A message number that only grows and outlives the page. */
class Mark {
  readonly #key: string;
  #id = $state<number | null>(null);

  constructor(key: string) {
    this.#key = key;
    const stored = storage.read(key);
    this.#id = stored === null ? null : Number(stored);
  }

  /** `null` as long as nothing was ever marked. */
  get id(): number | null {
    return this.#id;
  }

  raise(id: number): void {
    if (this.#id !== null && id <= this.#id) return;
    this.#id = id;
    storage.write(this.#key, String(id));
  }
}

export class ReadMarks {
  readonly #read: Mark;
  readonly #dismissed: Mark;
  readonly #directKey: string;
  /** Per attendee: the last direct message that was read. */
  #direct = $state.raw<Readonly<Record<string, number>>>({});

  constructor(workshop: string) {
    this.#read = new Mark(`read.${workshop}`);
    this.#dismissed = new Mark(`announcement.${workshop}`);
    this.#directKey = `read-direct.${workshop}`;
    this.#direct = parsed(storage.read(this.#directKey));
  }

  /** The last message of a thread that was read. */
  readId(thread: ThreadId): number {
    return (thread === 'all' ? this.#read.id : this.#direct[thread]) ?? 0;
  }

  /** The last announcement that was put away. */
  get dismissedId(): number {
    return this.#dismissed.id ?? 0;
  }

  /** Who comes new has nothing to catch up with in what was said to everybody. */
  begin(messages: readonly Message[]): void {
    if (this.#read.id === null) this.#read.raise(messages.at(-1)?.id ?? 0);
  }

  read(thread: ThreadId, id: number): void {
    if (thread === 'all') {
      this.#read.raise(id);
    } else if (id > this.readId(thread)) {
      this.#direct = { ...this.#direct, [thread]: id };
      storage.write(this.#directKey, JSON.stringify(this.#direct));
    }
  }

  dismiss(id: number): void {
    this.#dismissed.raise(id);
  }
}

function parsed(stored: string | null): Record<string, number> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    const entries = Object.entries(typeof value === 'object' && value !== null ? value : {});
    return Object.fromEntries(entries.filter((entry) => typeof entry[1] === 'number'));
  } catch {
    return {};
  }
}
