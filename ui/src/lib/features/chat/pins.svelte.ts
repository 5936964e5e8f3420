/**
 * What is pinned. The model holds it, but for old messages that were pinned while this page was
 * open: those are asked for.
 */
import { messagesBefore } from '$lib/api/messages';
import type { Message, ServerMessage } from '$lib/api/wire';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

import { amended, isAboutMessage } from './amended';

export class Pins {
  readonly #workshop: LiveWorkshop;
  #fetched = $state.raw<readonly Message[]>([]);

  /** Oldest first. */
  readonly all: readonly Message[] = $derived.by(() => {
    const known = this.#workshop.model?.snapshot.pinned ?? [];
    const more = this.#fetched.filter(({ id }) => !known.some((message) => message.id === id));
    return [...known, ...more].sort((a, b) => a.id - b.id);
  });

  constructor(workshop: LiveWorkshop) {
    this.#workshop = workshop;
  }

  /** Asks for what is missing until the returned function is called. */
  follow(): () => void {
    return this.#workshop.hear((message) => {
      this.#heard(message);
    });
  }

  #heard(message: ServerMessage): void {
    if (message.type === 'snapshot') this.#fetched = [];
    if (message.type !== 'events') return;
    for (const event of message.events) {
      if (!isAboutMessage(event)) continue;
      this.#fetched = this.#fetched
        .map((known) => (known.id === event.message ? amended(known, event) : known))
        .filter(({ pinned }) => pinned === true);
      if (event.type === 'message_pinned' && event.pinned) void this.#find(event.message);
    }
  }

  async #find(id: number): Promise<void> {
    if (this.all.some((message) => message.id === id)) return;
    const answer = await messagesBefore(this.#workshop.id, { before: id + 1 });
    const found = answer.ok ? answer.value.items.at(-1) : undefined;
    if (found?.id === id && found.pinned === true) this.#fetched = [...this.#fetched, found];
  }
}
