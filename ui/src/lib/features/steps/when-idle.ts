/**
 * What can wait does: a room that opens the same page at the same moment shares the air, and the
 * first step of everybody goes before the second of anybody.
 */

/** What can wait begins no sooner than this after it was asked for, in milliseconds. */
const PATIENCE_MS = 800;

/** Longest wait for an idle moment after that, in milliseconds. */
const IDLE_MS = 2000;

/** Calls back when the browser has nothing better to do; the returned function calls it off. */
export function whenIdle(callback: () => void): () => void {
  let handle: number | undefined;
  const timer = setTimeout(() => {
    // Safari has no requestIdleCallback.
    if ('requestIdleCallback' in globalThis) {
      handle = requestIdleCallback(callback, { timeout: IDLE_MS });
    } else {
      callback();
    }
  }, PATIENCE_MS);
  return () => {
    clearTimeout(timer);
    if (handle !== undefined) cancelIdleCallback(handle);
  };
}
