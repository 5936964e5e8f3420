/** The list of codelabs on screen: pages, search, removal with a way back. */
import { codelabs, removeCodelab, restoreCodelab, type Result } from '$lib/api/api';
import type { CodelabPage, CodelabSummary, Problem } from '$lib/api/wire';

/** Typing is over when nothing came for this long. */
const DEBOUNCE_MS = 250;

/** The server's side of the library. */
export interface LibraryApi {
  codelabs(query: { cursor?: string; search?: string }): Promise<Result<CodelabPage>>;
  removeCodelab(id: string): Promise<Result<true>>;
  restoreCodelab(id: string): Promise<Result<true>>;
}

export class Library {
  /** `null` until the first answer. */
  items = $state.raw<readonly CodelabSummary[] | null>(null);
  isLoading = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** What the list was asked for; empty for everything. */
  term = $state('');

  readonly #api: LibraryApi;
  #next = $state<string>();
  /** Only the newest question's answer counts. */
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: LibraryApi = { codelabs, removeCodelab, restoreCodelab }) {
    this.#api = api;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Loads the first page anew. */
  async load(): Promise<void> {
    await this.#ask(undefined);
  }

  /** Loads the next page behind what is there. */
  async more(): Promise<void> {
    if (this.#next !== undefined && !this.isLoading) await this.#ask(this.#next);
  }

  /** Asks for something else once the typing pauses. */
  search(term: string): void {
    this.term = term;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), DEBOUNCE_MS);
  }

  /** Takes a codelab out of the list and the library; the problem when that failed. */
  async remove(id: string): Promise<Problem | null> {
    const removed = await this.#api.removeCodelab(id);
    if (!removed.ok) return removed.problem;
    this.items = this.items?.filter((codelab) => codelab.id !== id) ?? null;
    return null;
  }

  /** Puts a removed codelab back; the problem when that failed. */
  async restore(id: string): Promise<Problem | null> {
    const restored = await this.#api.restoreCodelab(id);
    if (!restored.ok) return restored.problem;
    await this.load();
    return null;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#question += 1;
  }

  async #ask(cursor: string | undefined): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    this.isLoading = true;
    const term = this.term.trim();
    const answer = await this.#api.codelabs({
      ...(cursor === undefined ? {} : { cursor }),
      ...(term === '' ? {} : { search: term }),
    });
    if (question !== this.#question) return;
    this.isLoading = false;
    if (!answer.ok) {
      this.problem = answer.problem;
      return;
    }
    this.problem = null;
    const before = cursor === undefined ? [] : (this.items ?? []);
    const known = new Set(before.map((codelab) => codelab.id));
    this.items = [...before, ...answer.value.items.filter((codelab) => !known.has(codelab.id))];
    this.#next = answer.value.next ?? undefined;
  }
}
