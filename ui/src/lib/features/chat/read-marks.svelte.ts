/** What this browser has read, so that a badge counts only news. */
import * as storage from '$lib/browser/storage';
import type { Message } from '$lib/api/wire';

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

  constructor(workshop: string) {
    this.#read = new Mark(`read.${workshop}`);
    this.#dismissed = new Mark(`announcement.${workshop}`);
  }

  /** The last message that was read. */
  get readId(): number {
    return this.#read.id ?? 0;
  }

  /** The last announcement that was put away. */
  get dismissedId(): number {
    return this.#dismissed.id ?? 0;
  }

  /** Who comes new has nothing to catch up with. */
  begin(messages: readonly Message[]): void {
    if (this.#read.id === null) this.#read.raise(messages.at(-1)?.id ?? 0);
  }

  read(id: number): void {
    this.#read.raise(id);
  }

  dismiss(id: number): void {
    this.#dismissed.raise(id);
  }
}
