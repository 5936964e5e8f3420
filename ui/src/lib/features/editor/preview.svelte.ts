/** What the text looks like to attendees, a moment after each keystroke. The server draws it. */
import { preview } from '$lib/api/authoring';
import type { Result } from '$lib/api/result';
import type { Preview, Problem } from '$lib/api/wire';

/** Typing pauses for this long between two words. */
const DEBOUNCE_MS = 150;

/** Somebody who types without a pause sees something too. */
const LONGEST_MS = 1000;

/** The server may be there again. */
const RETRY_MS = 2000;

export type AskPreview = (codelab: string, source: string) => Promise<Result<Preview>>;

export class LivePreview {
  /** The newest answer, for which text it is. */
  answer = $state.raw<{ readonly source: string; readonly shown: Preview } | null>(null);
  problem = $state.raw<Problem | null>(null);

  readonly #codelab: string;
  readonly #ask: AskPreview;
  #wanted: string | null = null;
  #isAsking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #waitingSince: number | null = null;
  #isStopped = false;

  constructor(codelab: string, ask: AskPreview = preview) {
    this.#codelab = codelab;
    this.#ask = ask;
  }

  /** The text is this now. */
  show(source: string): void {
    this.#wanted = source;
    const now = Date.now();
    this.#waitingSince ??= now;
    const left = Math.max(0, this.#waitingSince + LONGEST_MS - now);
    this.#wait(Math.min(DEBOUNCE_MS, left));
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #wait(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#askNow(), ms);
  }

  /** One question at a time: an older answer can never come behind a newer one. */
  async #askNow(): Promise<void> {
    const source = this.#wanted;
    if (source === null || this.#isAsking || this.#isStopped) return;
    this.#isAsking = true;
    this.#waitingSince = null;
    const answer = await this.#ask(this.#codelab, source);
    this.#isAsking = false;
    if (answer.ok) {
      this.problem = null;
      this.answer = { source, shown: answer.value };
    } else {
      this.problem = answer.problem;
    }
    if (this.#wanted !== source) this.#wait(0);
    else if (!answer.ok && answer.problem.code === 'unavailable') this.#wait(RETRY_MS);
  }
}
