/** Asking for help and taking it back. */
import type { HelpPlace, Problem } from '$lib/api/wire';
import { Draft } from '$lib/browser/draft.svelte';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

import { helpState, type HelpState } from './help-state';

/** The step somebody is stuck at. */
export interface StuckAt {
  codelab: string;
  step: string;
}

export class HelpDesk {
  readonly workshop: LiveWorkshop;
  /** Why the last wish was not granted. */
  problem = $state.raw<Problem | null>(null);
  /** The last request was resolved; until the next one. */
  resolved = $state(false);
  /** When the place in the queue was told, by this browser's clock; since the Unix epoch. */
  placeToldAtMs = $state(0);
  #toldPlace: HelpPlace | null = null;
  /** Requests that were taken back on this page. */
  readonly withdrawn = new Set<number>();

  readonly state: HelpState = $derived.by(() =>
    helpState(
      this.workshop.waitingHelp,
      this.workshop.model?.helpPlace ?? null,
      this.workshop.pending,
    ),
  );

  readonly #draft: Draft;

  constructor(workshop: LiveWorkshop) {
    this.workshop = workshop;
    this.#draft = new Draft(`help.${workshop.id}`);
  }

  /** What is being written; outlives the panel and the page. */
  get draft(): string {
    return this.#draft.text;
  }

  set draft(text: string) {
    this.#draft.text = text;
  }

  /** Remembers since when the place in the queue is what it is. */
  told(place: HelpPlace | null): void {
    if (place === this.#toldPlace) return;
    this.#toldPlace = place;
    this.placeToldAtMs = Date.now();
  }

  async raise(at: StuckAt | null): Promise<void> {
    const message = this.draft.trim();
    this.problem = null;
    this.resolved = false;
    const sent = this.workshop.send({
      type: 'raise_help',
      ...at,
      ...(message === '' ? {} : { message }),
    });
    this.draft = '';
    const outcome = await sent;
    if (outcome.ok) return;
    this.problem = outcome.problem;
    // Back to where it was written, if that is still there and empty; else it stays undelivered.
    if (this.draft !== '' || this.workshop.ended) return;
    this.draft = message;
    this.workshop.dismiss(outcome.id);
  }

  async withdraw(helpRequest: number): Promise<void> {
    this.problem = null;
    this.withdrawn.add(helpRequest);
    const outcome = await this.workshop.send({ type: 'withdraw_help', helpRequest });
    if (outcome.ok || outcome.problem.code === 'help_already_closed') return;
    this.withdrawn.delete(helpRequest);
    this.problem = outcome.problem;
  }
}
