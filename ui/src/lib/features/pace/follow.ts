/**
 * Following whom the room follows: their move turns one's own page; a page that one turns oneself
 * means going one's own way.
 */
import type { Snapshot } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';

import type { Spot } from './reading';

/** What to do: nothing, go where the lead is, or follow no longer. */
export type Move = 'stay' | 'go' | 'leave';

const keyOf = ({ codelab, step }: Spot): string => `${codelab}/${step}`;

/** Whether somebody follows: what the server knows, and what was pressed since. */
export function isFollowing(you: Snapshot['you'], pending: readonly PendingCommand[]): boolean {
  const wish = pending.map(({ body }) => body).findLast((body) => body.type === 'set_following');
  return wish?.following ?? you.following;
}

/** Tells a move of the lead from one's own. */
export class Follower {
  /** Where one was led last. */
  #target: string | null = null;
  /** Where one was then, until one arrives. */
  #from: string | null = null;

  /**
   * @param lead where the lead is; `null` when nobody leads, or from nowhere
   * @param here the step on screen, if there is one
   */
  next(lead: Spot | null, here: Spot | null, following: boolean): Move {
    if (lead === null || !following) {
      this.#target = null;
      return 'stay';
    }
    const target = keyOf(lead);
    const at = here && keyOf(here);
    if (target !== this.#target) {
      this.#target = target;
      this.#from = at;
      return at === target ? 'stay' : 'go';
    }
    if (at === target) {
      this.#from = null;
      return 'stay';
    }
    return at === null || at === this.#from ? 'stay' : 'leave';
  }
}
