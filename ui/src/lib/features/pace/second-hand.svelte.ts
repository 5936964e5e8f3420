/** The server's clock as something that views can depend on; it ticks while somebody looks. */
import { createSubscriber } from 'svelte/reactivity';

/** Fine enough that no second is skipped on screen. */
const TICK_MS = 250;

export class SecondHand {
  readonly #workshop: { readonly clockOffsetMs: number };
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => {
      clearInterval(timer);
    };
  });

  constructor(workshop: { readonly clockOffsetMs: number }) {
    this.#workshop = workshop;
  }

  /** Milliseconds since the Unix epoch. */
  get nowMs(): number {
    this.#subscribe();
    return Date.now() + this.#workshop.clockOffsetMs;
  }
}
