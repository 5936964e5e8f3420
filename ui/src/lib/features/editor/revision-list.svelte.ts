/** The revisions of a codelab, and the texts of the two that are compared. */
import { revision, revisions } from '$lib/api/authoring';
import type { Problem, RevisionSummary } from '$lib/api/wire';

/** The text on screen, as something to compare with. */
export const MINE = 0;

export class RevisionList {
  /** Newest first; `null` until the first answer. */
  items = $state.raw<readonly RevisionSummary[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The revision that is looked at. */
  shown = $state<number | null>(null);
  /** What it is compared with: a revision, or {@link MINE}. */
  against = $state(MINE);
  /** `against` is `null` for the text on screen. */
  texts = $state.raw<{ readonly shown: string; readonly against: string | null } | null>(null);

  readonly #codelab: string;
  readonly #known = new Map<number, string>();
  #next = $state<string>();
  /** Only the newest choice's texts count. */
  #question = 0;

  constructor(codelab: string) {
    this.#codelab = codelab;
  }

  get hasMore(): boolean {
    return this.#next !== undefined;
  }

  async load(): Promise<void> {
    this.items = null;
    const [newest] = await this.#page(undefined);
    if (newest) this.show(newest.number);
  }

  async more(): Promise<void> {
    if (this.#next !== undefined) await this.#page(this.#next);
  }

  /** Looks at a revision: what it changed, seen from the one before it. */
  show(number: number): void {
    this.shown = number;
    const before = this.items?.find((item) => item.number < number);
    this.against = before?.number ?? MINE;
    void this.#read();
  }

  compareWith(number: number): void {
    this.against = number;
    void this.#read();
  }

  /** All that are known then. */
  async #page(cursor: string | undefined): Promise<readonly RevisionSummary[]> {
    const answer = await revisions(this.#codelab, cursor);
    this.problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return [];
    const items = [...(this.items ?? []), ...answer.value.items];
    this.items = items;
    this.#next = answer.value.next ?? undefined;
    return items;
  }

  async #read(): Promise<void> {
    this.#question += 1;
    const question = this.#question;
    const { shown, against } = this;
    this.texts = null;
    if (shown === null) return;
    const [one, other] = await Promise.all([
      this.#text(shown),
      against === MINE ? null : this.#text(against),
    ]);
    if (question === this.#question && one !== null) this.texts = { shown: one, against: other };
  }

  async #text(number: number): Promise<string | null> {
    const known = this.#known.get(number);
    if (known !== undefined) return known;
    const answer = await revision(this.#codelab, number);
    if (!answer.ok) {
      this.problem = answer.problem;
      return null;
    }
    this.#known.set(number, answer.value.source);
    return answer.value.source;
  }
}
