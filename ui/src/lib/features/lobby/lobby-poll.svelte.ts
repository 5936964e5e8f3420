/** The lobby's addresses, asked for again and again: networks come and go while people arrive. */
import { lobby } from '$lib/api/api';
import type { Lobby, Problem } from '$lib/api/wire';

/** How often, while the page can be seen. */
const EVERY_MS = 3000;

export class LobbyPoll {
  /** `null` until the first answer; kept while the server does not answer. */
  lobby = $state.raw<Lobby | null>(null);
  problem = $state.raw<Problem | null>(null);

  readonly #workshop: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStopped = true;

  constructor(workshop: string) {
    this.#workshop = workshop;
  }

  start(): void {
    this.#isStopped = false;
    document.addEventListener('visibilitychange', this.#seen);
    void this.#ask();
  }

  stop(): void {
    this.#isStopped = true;
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#timer);
  }

  readonly #seen = (): void => {
    if (document.visibilityState === 'visible') void this.#ask();
  };

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    const answer = await lobby(this.#workshop);
    clearTimeout(this.#timer);
    if (answer.ok) this.lobby = answer.value;
    this.problem = answer.ok ? null : answer.problem;
    if (this.#isStopped || document.visibilityState === 'hidden') return;
    this.#timer = setTimeout(() => void this.#ask(), EVERY_MS);
  }
}
