/** Everything said that is known here: the model's newest messages and older ones read back. */
import { olderMessages } from '$lib/api/api';
import type { Message, Problem } from '$lib/api/wire';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

export class Conversation {
  readonly #workshop: LiveWorkshop;
  #older = $state.raw<readonly Message[]>([]);
  #hasOlder = $state<boolean | null>(null);
  isLoading = $state(false);
  problem = $state.raw<Problem | null>(null);

  readonly #newest: readonly Message[] = $derived.by(
    () => this.#workshop.model?.snapshot.messages ?? [],
  );
  /** Older messages that reach up to the newest ones; after a long absence there may be a hole. */
  readonly #reaching: readonly Message[] = $derived.by(() => {
    const first = this.#newest[0];
    if (first === undefined) return [];
    const before = this.#older.filter(({ id }) => id < first.id);
    return before.at(-1)?.id === first.id - 1 ? before : [];
  });
  /** Oldest first. */
  readonly messages: readonly Message[] = $derived.by(() => [...this.#reaching, ...this.#newest]);
  readonly hasOlder: boolean = $derived.by(() =>
    this.#reaching.length > 0
      ? this.#hasOlder === true
      : (this.#workshop.model?.snapshot.hasOlderMessages ?? false),
  );

  constructor(workshop: LiveWorkshop) {
    this.#workshop = workshop;
  }

  /** Reads back one page. */
  async loadOlder(): Promise<void> {
    const [first] = this.messages;
    if (this.isLoading || !this.hasOlder || first === undefined) return;
    this.isLoading = true;
    const answer = await olderMessages(this.#workshop.id, first.id);
    this.isLoading = false;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.problem = null;
    this.#older = [...answer.value.items, ...this.#reaching];
    this.#hasOlder = answer.value.hasOlder;
  }
}
