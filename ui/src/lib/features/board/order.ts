/** Which rows the board shows, and in which order. */
import type { BoardRow } from './board-model';
import type { Stuck } from './stuck';

export type BoardSort = 'joined' | 'name' | 'behind' | 'stuck';

/** Whom the board shows; a number is the position of a step, counted from 1. */
export type BoardFilter = 'all' | 'stuck' | 'waiting' | 'away' | number;

/** Who is stuck, by seat, in the order of urgency. */
export type StuckSeats = ReadonlyMap<number, Stuck>;

export function stuckSeats(stuck: readonly Stuck[]): StuckSeats {
  return new Map(stuck.map((one) => [one.row.seat, one]));
}

export function filterRows(
  rows: readonly BoardRow[],
  filter: BoardFilter,
  stuck: StuckSeats,
): readonly BoardRow[] {
  switch (filter) {
    case 'all':
      return rows;
    case 'stuck':
      return rows.filter((row) => stuck.has(row.seat));
    case 'waiting':
      return rows.filter((row) => row.help !== null);
    case 'away':
      return rows.filter((row) => !row.isOnline);
    default:
      return rows.filter((row) => row.position === filter && !row.isElsewhere);
  }
}

/**
 * The rows in order. `behind`: who is furthest behind first, of equals who stands there longest.
 * `stuck`: who is stuck, the most urgent first, then all others by name.
 */
export function sortRows(
  rows: readonly BoardRow[],
  by: BoardSort,
  stuck: StuckSeats,
  locale: string,
): readonly BoardRow[] {
  // The rows are given in the order of joining.
  if (by === 'joined') return rows;
  const names = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const byName = (a: BoardRow, b: BoardRow): number =>
    names.compare(a.label, b.label) || a.seat - b.seat;
  const weight = (row: BoardRow): number => stuck.get(row.seat)?.weight ?? 0;
  const orders: Record<Exclude<BoardSort, 'joined'>, (a: BoardRow, b: BoardRow) => number> = {
    name: byName,
    behind: (a, b) =>
      reached(a) - reached(b) ||
      a.completed - b.completed ||
      earlierFirst(a.enteredAtMs, b.enteredAtMs) ||
      byName(a, b),
    stuck: (a, b) => weight(b) - weight(a) || byName(a, b),
  };
  return [...rows].sort(orders[by]);
}

/** Who has done everything is ahead of all, wherever they look again. */
function reached(row: BoardRow): number {
  return row.isFinished ? Number.MAX_SAFE_INTEGER : row.position;
}

function earlierFirst(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a - b;
}

/** Rows whose name contains what was typed, however it is written. */
export function searchRows(rows: readonly BoardRow[], typed: string): readonly BoardRow[] {
  const wanted = folded(typed);
  return wanted === '' ? rows : rows.filter((row) => folded(row.label).includes(wanted));
}

/** Case and accents do not count. */
function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
