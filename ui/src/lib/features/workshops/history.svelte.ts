/** Workshops of this machine, newest first, a page at a time. */
import { workshops } from '$lib/api/api';
import type { Problem, WorkshopSummary } from '$lib/api/wire';

export class History {
  /** `null` until the first answer. */
  items = $state.raw<readonly WorkshopSummary[] | null>(null);
  isLoading = $state(false);
  problem = $state.raw<Problem | null>(null);

  readonly live = $derived((this.items ?? []).filter(({ status }) => status === 'live'));
  readonly ended = $derived((this.items ?? []).filter(({ status }) => status === 'ended'));

  #next = $state<string>();

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Loads the first page anew. */
  async load(): Promise<void> {
    await this.#ask([], undefined);
  }

  async more(): Promise<void> {
    if (this.#next !== undefined) await this.#ask(this.items ?? [], this.#next);
  }

  async #ask(before: readonly WorkshopSummary[], cursor: string | undefined): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    const answer = await workshops(cursor === undefined ? {} : { cursor });
    this.isLoading = false;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.problem = null;
    const known = new Set(before.map(({ id }) => id));
    this.items = [...before, ...answer.value.items.filter(({ id }) => !known.has(id))];
    this.#next = answer.value.next ?? undefined;
  }
}
