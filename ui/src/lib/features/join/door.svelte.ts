/** What is behind the door, asked again while there is nothing to join. */
import { entrance as askEntrance } from '$lib/api/api';
import type { Entrance, Problem } from '$lib/api/wire';

import { liveOnes } from './arrival';

/** A page that waits asks again after this long at the least, in milliseconds. */
const ASK_AGAIN_MS = 3000;

/** Spreads a waiting room's questions, in milliseconds. */
const SPREAD_MS = 3000;

export class Door {
  entrance = $state.raw<Entrance | null>(null);
  /** Why there is no answer. */
  problem = $state.raw<Problem | null>(null);
  /** The join code this browser came with. */
  code = $state<string | null>(null);
  /** Whether the code that somebody came with opens nothing. */
  readonly codeIsStale: boolean = $derived(
    this.code !== null &&
      this.entrance !== null &&
      !this.entrance.workshops.some((workshop) => workshop.codeMatches),
  );

  #timer: ReturnType<typeof setTimeout> | undefined;
  #watched = false;

  constructor(code: string | null) {
    this.code = code;
  }

  /** Asks what can be joined. */
  async ask(): Promise<void> {
    clearTimeout(this.#timer);
    // A code that opened nothing is not tried again and again: each try counts.
    const code = this.codeIsStale ? null : this.code;
    const answer = await askEntrance(code ?? undefined);
    if (answer.ok) {
      this.entrance = answer.value;
      this.problem = null;
    } else {
      this.problem = answer.problem;
    }
    this.#askLater();
  }

  /** Another code was scanned while the page was open. */
  bring(code: string): Promise<void> {
    this.entrance = null;
    this.code = code;
    return this.ask();
  }

  /** Asks now and keeps asking while there is nothing to join and the page is seen. */
  watch(): () => void {
    this.#watched = true;
    const seen = (): void => {
      if (document.visibilityState === 'visible' && this.#waits) void this.ask();
      else clearTimeout(this.#timer);
    };
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    void this.ask();
    return () => {
      this.#watched = false;
      clearTimeout(this.#timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
    };
  }

  get #waits(): boolean {
    return this.entrance === null || liveOnes(this.entrance).length === 0;
  }

  #askLater(): void {
    if (!this.#watched || !this.#waits || document.visibilityState === 'hidden') return;
    this.#timer = setTimeout(() => void this.ask(), ASK_AGAIN_MS + Math.random() * SPREAD_MS);
  }
}
