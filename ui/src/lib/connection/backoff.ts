/**
 * When to try again. Full jitter: a room that lost its server at the same moment does not come
 * back at the same moment.
 */

/** The first wait is at most this long, in milliseconds. */
const FIRST_MS = 500;

/** No wait is longer, in milliseconds: people watch the badge. */
const LONGEST_MS = 8000;

/**
 * The wait before attempt `attempt` (counted from 0), in milliseconds.
 *
 * @param chance a random number in [0, 1)
 */
export function backoffMs(attempt: number, chance: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(chance * ceiling);
}
