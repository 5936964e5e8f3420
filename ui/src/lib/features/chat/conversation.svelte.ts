/** A thread as far as it is known here: the model's newest messages and older ones read back. */
import { messagesBefore } from '$lib/api/messages';
import type { Message, Problem, ServerMessage } from '$lib/api/wire';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

import { amended, isAboutMessage } from './amended';
import { isOfThread, type ThreadId } from './threads';

/** The server's snapshots hold no more messages of a kind; fewer of them are all there are. */
const RECENT_MESSAGES = 200;

/** Pages that are read back in a row to reach a message. */
const MOST_PAGES = 30;

export class Conversation {
  readonly thread: ThreadId;
  readonly #workshop: LiveWorkshop;
  /** What was read back, oldest first; it ends where the model's messages begin. */
  #older = $state.raw<readonly Message[]>([]);
  /** Whether there is more than was read back; `null` before anything was. */
  #hasOlder = $state<boolean | null>(null);
  isLoading = $state(false);
  problem = $state.raw<Problem | null>(null);

  readonly #newest: readonly Message[] = $derived.by(() => {
    const snapshot = this.#workshop.model?.snapshot;
    if (this.thread === 'all') return snapshot?.messages ?? [];
    return (snapshot?.directMessages ?? []).filter((message) => isOfThread(message, this.thread));
  });
  /** Oldest first. */
  readonly messages: readonly Message[] = $derived.by(() => [...this.#older, ...this.#newest]);
  readonly hasOlder: boolean = $derived.by(() => {
    if (this.#hasOlder !== null) return this.#hasOlder;
    const snapshot = this.#workshop.model?.snapshot;
    if (this.thread === 'all') return snapshot?.hasOlderMessages ?? false;
    return (snapshot?.directMessages?.length ?? 0) >= RECENT_MESSAGES;
  });
  readonly #byId: ReadonlyMap<number, Message> = $derived.by(
    () => new Map(this.messages.map((message) => [message.id, message])),
  );

  constructor(workshop: LiveWorkshop, thread: ThreadId) {
    this.#workshop = workshop;
    this.thread = thread;
  }

  /** A message by its number, if it is known here. */
  message(id: number): Message | undefined {
    return this.#byId.get(id);
  }

  /** Keeps what was read back current until the returned function is called. */
  follow(): () => void {
    return this.#workshop.hear((message) => {
      this.#heard(message);
    });
  }

  /** Reads back one page. */
  async loadOlder(): Promise<void> {
    if (this.isLoading || !this.hasOlder) return;
    const [first] = this.messages;
    this.isLoading = true;
    const answer = await messagesBefore(this.#workshop.id, {
      ...(first && { before: first.id }),
      ...(this.thread !== 'all' && { with: this.thread }),
    });
    this.isLoading = false;
    // A snapshot in the meantime begins somewhere else.
    if (this.messages[0] !== first) return;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.problem = null;
    this.#older = [...answer.value.items, ...this.#older];
    this.#hasOlder = answer.value.hasOlder;
  }

  /** Reads back until a message is known; `false` when it is not to be had. */
  async reach(id: number): Promise<boolean> {
    for (let page = 0; page < MOST_PAGES && this.message(id) === undefined; page += 1) {
      if (!this.hasOlder || this.problem !== null) break;
      await this.loadOlder();
    }
    return this.message(id) !== undefined;
  }

  #heard(message: ServerMessage): void {
    if (message.type === 'snapshot') {
      this.#older = [];
      this.#hasOlder = null;
    }
    if (message.type !== 'events' || this.#older.length === 0) return;
    for (const event of message.events) {
      if (!isAboutMessage(event)) continue;
      this.#older = this.#older.map((known) =>
        known.id === event.message ? amended(known, event) : known,
      );
    }
  }
}
