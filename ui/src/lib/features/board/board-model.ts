/** People × steps, as plain data: the board's rows without a pixel. */
import type { AgendaCodelab, HelpRequest, Progress, RosterEntry } from '$lib/api/wire';
import { personName } from '$lib/workshop/person-name';

/** A step in somebody's row. `here_done`: still at a step they have done. */
export type Cell = 'unopened' | 'done' | 'here' | 'here_done';

export interface BoardRow {
  readonly seat: number;
  readonly label: string;
  readonly isOnline: boolean;
  /** The request they wait with. */
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

/**
 * Who is on the board: attendees, in the order they joined. A row is made anew only when something
 * about its person changed, so that a step by one of a thousand costs one row and draws one row.
 */
export class BoardRows {
  #codelab: AgendaCodelab | null = null;
  #rows = new Map<number, BoardRow>();

  of(
    roster: readonly RosterEntry[],
    online: ReadonlySet<number>,
    waiting: readonly HelpRequest[],
    codelab: AgendaCodelab,
  ): readonly BoardRow[] {
    const known = this.#codelab === codelab ? this.#rows : new Map<number, BoardRow>();
    const helpOf = new Map(waiting.map((request) => [request.from.seat, request]));
    const rows = roster
      .filter((entry) => entry.person.role === 'attendee')
      .map((entry) => {
        const { seat } = entry.person;
        const isOnline = online.has(seat);
        const help = helpOf.get(seat) ?? null;
        const before = known.get(seat);
        return before?.entry === entry && before.isOnline === isOnline && before.help === help
          ? before
          : row(entry, isOnline, help, codelab);
      });
    this.#codelab = codelab;
    this.#rows = new Map(rows.map((made) => [made.seat, made]));
    return rows;
  }
}

function row(
  entry: RosterEntry,
  isOnline: boolean,
  help: HelpRequest | null,
  codelab: AgendaCodelab,
): BoardRow {
  const progress = entry.progress.find((known) => known.codelab === codelab.codelab);
  const cells = codelab.steps.map((step) => cell(step.step, progress));
  const completed = cells.filter(isDone).length;
  const isElsewhere = (entry.lastCodelab ?? codelab.codelab) !== codelab.codelab;
  return {
    seat: entry.person.seat,
    label: personName(entry.person),
    isOnline,
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
  const done = progress?.completed.includes(step) ?? false;
  if (progress?.current === step) return done ? 'here_done' : 'here';
  return done ? 'done' : 'unopened';
}

/** Whether a cell's step is done. */
export function isDone(state: Cell | undefined): boolean {
  return state === 'done' || state === 'here_done';
}
