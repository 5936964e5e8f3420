/** The time as something that views can depend on. The timer runs only while somebody looks. */
import { createSubscriber } from 'svelte/reactivity';

import type { LiveWorkshop } from './live-workshop.svelte';

export class Now {
  readonly #subscribe: () => void;

  /** @param everyMs how often what depends on it is drawn anew */
  constructor(everyMs: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs);
      return () => {
        clearInterval(timer);
      };
    });
  }

  /** This browser's clock; milliseconds since the Unix epoch. */
  get ms(): number {
    this.#subscribe();
    return Date.now();
  }

  /** The server's clock, as a workshop shows it: it stands still when the workshop has ended. */
  in(workshop: Pick<LiveWorkshop, 'model' | 'clockOffsetMs'>): number {
    return workshop.model?.snapshot.endedAtMs ?? this.ms + workshop.clockOffsetMs;
  }
}
