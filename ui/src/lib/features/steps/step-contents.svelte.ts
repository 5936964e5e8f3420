/** The HTML of steps. Its address is its hash, so what was fetched once is right for ever. */
import { stepHtml } from '$lib/api/api';
import type { Problem } from '$lib/api/wire';

export type StepContent =
  { state: 'loading' } | { state: 'ready'; html: string } | { state: 'failed'; problem: Problem };

const LOADING: StepContent = { state: 'loading' };

export class StepContents {
  #known = $state.raw<ReadonlyMap<string, StepContent>>(new Map());

  /** What is known of a content; asking does not fetch it. */
  get(hash: string): StepContent {
    return this.#known.get(hash) ?? LOADING;
  }

  /** Fetches a content unless it is here or on its way. */
  async want(hash: string): Promise<void> {
    const known = this.#known.get(hash);
    if (known !== undefined && known.state !== 'failed') return;
    this.#set(hash, LOADING);
    const answer = await stepHtml(hash);
    this.#set(
      hash,
      answer.ok
        ? { state: 'ready', html: answer.value }
        : { state: 'failed', problem: answer.problem },
    );
  }

  #set(hash: string, content: StepContent): void {
    this.#known = new Map(this.#known).set(hash, content);
  }
}

/** Shared by all steps of the page's life. */
export const stepContents = new StepContents();
