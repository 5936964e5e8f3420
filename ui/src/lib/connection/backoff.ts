/**
 * When to try again, so that a room which lost its server at one moment does not come back at one
 * moment. Full jitter: every wait is anything from nothing to a ceiling, and the ceiling doubles.
 */

/**
 * The first ceiling, in milliseconds. Of a thousand pages that lose the server together a hundred
 * ask for it in a tenth of a second: half of what it takes when a room joins.
 */
const FIRST_MS = 1000;

/** No ceiling is higher, in milliseconds: a room is whole again within five seconds. */
const LONGEST_MS = 4000;

/**
 * A connection has to live this long after the welcome before the ceiling starts low again, in
 * milliseconds. A server that greets everybody and falls over must not be met by everybody at once
 * every time.
 */
const PROVEN_MS = 5000;

/** When the network or a person comes back, the wait is cut down to at most this, in milliseconds. */
const HURRY_MS = 1000;

/** The server shuts down or restarts, for everybody and not for an instant (docs/PROTOCOL.md). */
const CLOSED_GOING_AWAY = 1001;

/** How a connection ended. */
export interface Ending {
  /** The close code; 0 when there was none. */
  code: number;
  /** How long it lived after the welcome, in milliseconds; 0 when there was none. */
  livedMs: number;
}

export class Backoff {
  #doublings = 0;

  /**
   * The wait before the next attempt, in milliseconds.
   *
   * @param chance a random number in [0, 1)
   */
  waitMs(ending: Ending, chance: number): number {
    if (ending.livedMs >= PROVEN_MS) this.#doublings = 0;
    const doubled = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#doublings);
    if (doubled < LONGEST_MS) this.#doublings += 1;
    return chance * (ending.code === CLOSED_GOING_AWAY ? LONGEST_MS : doubled);
  }
}

/**
 * The wait when there is reason to hope: the network is back, or somebody looks at the page. An
 * access point that comes back tells the whole room in the same instant, so this has jitter too.
 *
 * @param chance a random number in [0, 1)
 */
export function hurriedMs(chance: number): number {
  return chance * HURRY_MS;
}
