/** Which rows of a long list are drawn: those in sight, and some beyond for the next movement. */
export interface RowWindow {
  /** The first row that is drawn, counted from 0. */
  readonly from: number;
  /** The row after the last one that is drawn. */
  readonly to: number;
}

/** Rows drawn beyond each edge: enough for a flick of the wheel and for tabbing on. */
export const BEYOND = 8;

/** All lengths in the same unit; `scrolled` counts from the first row. */
export function rowWindow(
  count: number,
  rowHeight: number,
  scrolled: number,
  height: number,
): RowWindow {
  const first = Math.floor(Math.max(0, scrolled) / rowHeight);
  const last = Math.ceil(Math.max(0, scrolled + height) / rowHeight);
  return {
    from: Math.max(0, Math.min(first, count) - BEYOND),
    to: Math.min(count, last + BEYOND),
  };
}
