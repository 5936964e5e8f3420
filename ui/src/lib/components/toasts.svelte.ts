/** Short news at the edge of the screen. Anything a person must not miss belongs into the page. */

/** One piece of news. */
export interface Toast {
  readonly id: number;
  readonly tone: 'neutral' | 'positive' | 'negative';
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** What `show` takes; `timeoutMs` of 0 stays until it is closed. */
export interface NewToast {
  tone?: Toast['tone'];
  text: string;
  action?: Toast['action'];
  timeoutMs?: number;
}

/** Long enough to read two lines at leisure. */
const TIMEOUT_MS = 6000;

/** More would cover the page: the oldest goes. */
const AT_ONCE = 3;

export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  /** Nothing on screen depends on it. */
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** What is on screen, oldest first. */
  get list(): readonly Toast[] {
    return this.#list;
  }

  /** Shows news and answers its id. The same text again replaces the first. */
  show({ tone = 'neutral', text, action, timeoutMs = TIMEOUT_MS }: NewToast): number {
    for (const same of this.#list.filter((toast) => toast.text === text)) this.close(same.id);
    const id = this.#next;
    this.#next += 1;
    for (const old of this.#list.slice(0, Math.max(0, this.#list.length + 1 - AT_ONCE))) {
      this.close(old.id);
    }
    this.#list = [...this.#list, { id, tone, text, action }];
    if (timeoutMs > 0) {
      this.#timers.set(
        id,
        setTimeout(() => {
          this.close(id);
        }, timeoutMs),
      );
    }
    return id;
  }

  /** Takes news away; unknown ids are gone already. */
  close(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }
}

/** The page's toasts, shown by the root layout. */
export const toasts = new Toasts();
