/** Whether a colleague has saved the codelab meanwhile: asked for while the page is looked at. */
import { revisions } from '$lib/api/authoring';
import type { RevisionSummary } from '$lib/api/wire';

/** Between two looks. One small answer; nobody waits for it. */
const LOOK_EVERY_MS = 10_000;

export class NewerRevision {
  /** The newest revision, if it was saved on top of the one that is open. */
  found = $state.raw<RevisionSummary | null>(null);

  readonly #codelab: string;
  readonly #isOpen: (revision: number) => boolean;

  /** @param isOpen whether the text goes on from this revision, or from a later one */
  constructor(codelab: string, isOpen: (revision: number) => boolean) {
    this.#codelab = codelab;
    this.#isOpen = isOpen;
  }

  /** Looks now. Without a network nothing is said: the next look comes. */
  async look(): Promise<void> {
    const answer = await revisions(this.#codelab);
    if (!answer.ok) return;
    const [newest] = answer.value.items;
    this.found = newest && !this.#isOpen(newest.number) ? newest : null;
  }

  /** Looks now and then, and whenever the page comes back into sight; until told to stop. */
  watch(): () => void {
    const seen = (): void => {
      if (document.visibilityState === 'visible') void this.look();
    };
    const timer = setInterval(seen, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', seen);
    addEventListener('focus', seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('focus', seen);
    };
  }
}
