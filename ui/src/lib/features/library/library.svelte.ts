/** The list of codelabs on screen: pages, search, order, shelves; moving with a way back. */
import {
  archiveCodelab,
  codelabs,
  libraryTags,
  removeCodelab,
  restoreCodelab,
  unarchiveCodelab,
  type Result,
} from '$lib/api/api';
import type { CodelabPage, CodelabSummary, LibrarySort, Problem, Shelf, Tag } from '$lib/api/wire';

/** Typing is over when nothing came for this long. */
const DEBOUNCE_MS = 250;

/** What of the library is asked for; the server's defaults where nothing is said. */
export interface LibraryQuestion {
  cursor?: string;
  search?: string;
  tag?: string;
  shelf?: Shelf;
  sort?: LibrarySort;
}

/** A way a codelab can be moved within the library. */
export type Move = 'archive' | 'unarchive' | 'remove' | 'restore';

/** The server's side of the library. */
export interface LibraryApi {
  codelabs(query: LibraryQuestion): Promise<Result<CodelabPage>>;
  tags(shelf: Shelf): Promise<Result<Tag[]>>;
  move(id: string, move: Move): Promise<Result<true>>;
}

const MOVES: Record<Move, (id: string) => Promise<Result<true>>> = {
  archive: archiveCodelab,
  unarchive: unarchiveCodelab,
  remove: removeCodelab,
  restore: restoreCodelab,
};

const BACK: Record<Move, Move> = {
  archive: 'unarchive',
  unarchive: 'archive',
  remove: 'restore',
  restore: 'remove',
};

const SERVER: LibraryApi = {
  codelabs,
  tags: libraryTags,
  move: (id, move) => MOVES[move](id),
};

export class Library {
  /** `null` until the first answer. */
  items = $state.raw<readonly CodelabSummary[] | null>(null);
  isLoading = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** What the list was asked for; empty for everything. */
  term = $state('');
  tag = $state<string | null>(null);
  shelf = $state<Shelf>('active');
  sort = $state<LibrarySort>('relevance');
  /** Of the shelf that is shown, those of most codelabs first. */
  tags = $state.raw<readonly Tag[]>([]);

  readonly #api: LibraryApi;
  #next = $state<string>();
  /** Only the newest question's answer counts. */
  #question = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: LibraryApi = SERVER) {
    this.#api = api;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  /** Whether only a part of what stands on the shelf is asked for. */
  get isNarrowed(): boolean {
    return this.term.trim() !== '' || this.tag !== null;
  }

  /** Loads the first page anew, and the tags. */
  async load(): Promise<void> {
    await Promise.all([this.#ask(undefined), this.#askForTags()]);
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

  /** Only what has this tag; `null` for any. */
  only(tag: string | null): void {
    this.tag = tag;
    this.#askAnew();
  }

  order(sort: LibrarySort): void {
    this.sort = sort;
    this.#askAnew();
  }

  /** Shows another shelf, whole. */
  show(shelf: Shelf): void {
    this.shelf = shelf;
    this.tag = null;
    this.items = null;
    this.#askAnew();
  }

  /** Everything of the shelf. */
  widen(): void {
    this.term = '';
    this.tag = null;
    this.#askAnew();
  }

  /** Moves a codelab from this shelf to another; the problem when that failed. */
  async move(id: string, move: Move): Promise<Problem | null> {
    const moved = await this.#api.move(id, move);
    if (!moved.ok) return moved.problem;
    this.items = this.items?.filter((codelab) => codelab.id !== id) ?? null;
    void this.#askForTags();
    return null;
  }

  /** Undoes a move: the codelab is where it was; the problem when that failed. */
  async moveBack(id: string, move: Move): Promise<Problem | null> {
    const moved = await this.#api.move(id, BACK[move]);
    if (!moved.ok) return moved.problem;
    await this.load();
    return null;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#question += 1;
  }

  #askAnew(): void {
    clearTimeout(this.#timer);
    void this.load();
  }

  async #askForTags(): Promise<void> {
    const shelf = this.shelf;
    const answer = await this.#api.tags(shelf);
    // Without tags the library works as well; the list says what is wrong.
    if (answer.ok && shelf === this.shelf) this.tags = answer.value;
  }

  async #ask(cursor: string | undefined): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    this.isLoading = true;
    const term = this.term.trim();
    const answer = await this.#api.codelabs({
      ...(cursor === undefined ? {} : { cursor }),
      ...(term === '' ? {} : { search: term }),
      ...(this.tag === null ? {} : { tag: this.tag }),
      shelf: this.shelf,
      sort: this.sort,
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
