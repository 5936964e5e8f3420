/** People × steps, as plain data: the board's whole arithmetic without a pixel. */
import type { AgendaCodelab, HelpRequest, Progress, RosterEntry } from '$lib/api/wire';
import { personName } from '$lib/workshop/person-name';

/** A step in somebody's row. `here_done`: looking again at a step they have done. */
export type Cell = 'unopened' | 'done' | 'here' | 'here_done';

export interface BoardRow {
  readonly seat: number;
  readonly label: string;
  readonly isOnline: boolean;
  /** The open request they wait with. */
  readonly help: HelpRequest | null;
  /** Position of the current step, counted from 1; 0 before they open the codelab. */
  readonly position: number;
  readonly completed: number;
  readonly isFinished: boolean;
  /** They are in another codelab of the agenda now. */
  readonly isElsewhere: boolean;
  /** Since when they are at the current step; `null` when they are not in this codelab. */
  readonly enteredAtMs: number | null;
  readonly cells: readonly Cell[];
  readonly entry: RosterEntry;
}

export type BoardSort = 'name' | 'position' | 'waiting';

/** Who is on the board: attendees, in the order they joined. */
export function boardRows(
  roster: readonly RosterEntry[],
  online: ReadonlySet<number>,
  waiting: readonly HelpRequest[],
  codelab: AgendaCodelab,
): BoardRow[] {
  const helpOf = new Map(waiting.map((request) => [request.from.seat, request]));
  return roster
    .filter((entry) => entry.person.role === 'attendee')
    .map((entry) => row(entry, online, helpOf.get(entry.person.seat) ?? null, codelab));
}

function row(
  entry: RosterEntry,
  online: ReadonlySet<number>,
  help: HelpRequest | null,
  codelab: AgendaCodelab,
): BoardRow {
  const progress = entry.progress.find((known) => known.codelab === codelab.codelab);
  const cells = codelab.steps.map((step) => cell(step.step, progress));
  const completed = cells.filter((state) => state === 'done' || state === 'here_done').length;
  const isElsewhere = (entry.lastCodelab ?? codelab.codelab) !== codelab.codelab;
  return {
    seat: entry.person.seat,
    label: personName(entry.person),
    isOnline: online.has(entry.person.seat),
    help,
    position: codelab.steps.findIndex((step) => step.step === progress?.current) + 1,
    completed,
    isFinished: cells.length > 0 && completed === cells.length,
    isElsewhere,
    enteredAtMs: isElsewhere ? null : (progress?.enteredAtMs ?? null),
    cells,
    entry,
  };
}

function cell(step: string, progress: Progress | undefined): Cell {
  const isDone = progress?.completed.includes(step) ?? false;
  if (progress?.current === step) return isDone ? 'here_done' : 'here';
  return isDone ? 'done' : 'unopened';
}

/** How long somebody has been at their step; `null` when there is nothing to wait for. */
export function dwellMs(row: BoardRow, nowMs: number): number | null {
  if (row.enteredAtMs === null || row.position === 0 || row.isFinished) return null;
  return Math.max(0, nowMs - row.enteredAtMs);
}

/** Twice the planned time says "look here"; a step without a plan never does. */
export function isLong(dwell: number | null, plannedMinutes: number | undefined): boolean {
  return dwell !== null && (plannedMinutes ?? 0) > 0 && dwell > (plannedMinutes ?? 0) * 120_000;
}

/**
 * The rows in order. `position`: who is furthest behind first, among equals who stands longest.
 * `waiting`: who waits for help longest, then who stands at a step longest.
 */
export function sortRows(rows: readonly BoardRow[], by: BoardSort, locale: string): BoardRow[] {
  const names = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const byName = (a: BoardRow, b: BoardRow): number =>
    names.compare(a.label, b.label) || a.seat - b.seat;
  const bySince = (a: BoardRow, b: BoardRow): number =>
    compareTimes(standingSince(a), standingSince(b));
  const orders: Record<BoardSort, (a: BoardRow, b: BoardRow) => number> = {
    name: byName,
    position: (a, b) =>
      a.position - b.position || a.completed - b.completed || bySince(a, b) || byName(a, b),
    waiting: (a, b) =>
      compareTimes(a.help?.raisedAtMs ?? null, b.help?.raisedAtMs ?? null) ||
      bySince(a, b) ||
      byName(a, b),
  };
  return [...rows].sort(orders[by]);
}

function standingSince(row: BoardRow): number | null {
  return row.isFinished || row.position === 0 ? null : row.enteredAtMs;
}

/** Earlier first, nothing last. */
function compareTimes(a: number | null, b: number | null): number {
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

export interface BoardSummary {
  readonly joined: number;
  readonly online: number;
  /** The middle of the current steps of those who opened the codelab; `null` before anybody did. */
  readonly medianPosition: number | null;
  readonly finished: number;
  /** Per step: who is there, and who has done it. */
  readonly steps: readonly { readonly here: number; readonly done: number }[];
}

/** The room in one line, and the counts under each step. */
export function summarize(rows: readonly BoardRow[], stepCount: number): BoardSummary {
  const steps = Array.from({ length: stepCount }, (_, index) => ({
    here: rows.filter((row) => row.position === index + 1 && !row.isElsewhere).length,
    done: rows.filter((row) => row.cells[index] === 'done' || row.cells[index] === 'here_done')
      .length,
  }));
  return {
    joined: rows.length,
    online: rows.filter((row) => row.isOnline).length,
    medianPosition: median(rows.map((row) => row.position).filter((position) => position > 0)),
    finished: rows.filter((row) => row.isFinished).length,
    steps,
  };
}

/** The lower middle, so that it is always a step that somebody is at. */
function median(positions: number[]): number | null {
  const sorted = positions.sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null;
}
