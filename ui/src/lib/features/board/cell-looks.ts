/** The colours of the board's cells, for the cells and for the legend. */
import type { Heat } from './dwell';

export const DONE = 'bg-positive-soft text-positive';

/** Where somebody was last: they are away now, or in another codelab. */
export const LEFT = 'border-2 border-dashed border-line-strong text-ink-soft';

/** At the step they are at and done with it. */
export const HERE_DONE = 'bg-positive text-on-positive';

/** By how long somebody has been at a step. Each differs in lightness too, not in hue alone. */
export const HEAT: Record<Heat, string> = {
  fresh: 'bg-accent-soft text-accent border border-accent',
  within: 'bg-accent text-on-accent',
  over: 'bg-waiting-soft text-waiting border-2 border-waiting',
  long: 'bg-waiting text-on-waiting',
};
