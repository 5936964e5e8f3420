/** What the screen shows of one moment. Lines of the board are kept per person while nothing changes. */
import type { AgendaCodelab, HelpRequest, Message, RosterEntry, Snapshot } from '$lib/api/wire';
import { personName } from '$lib/workshop/person-name';

export type Mark = 'none' | 'here' | 'done' | 'here_done';

export interface Line {
  readonly seat: number;
  readonly label: string;
  readonly marks: readonly Mark[];
  readonly done: number;
}

/** Makes lines of a codelab; the same entry of the roster is the same line. */
export class Lines {
  readonly #codelab: AgendaCodelab;
  readonly #known = new WeakMap<RosterEntry, Line>();

  constructor(codelab: AgendaCodelab) {
    this.#codelab = codelab;
  }

  of(snapshot: Snapshot): Line[] {
    return (snapshot.facilitation?.roster ?? [])
      .filter((entry) => entry.person.role === 'attendee')
      .map((entry) => this.#line(entry));
  }

  #line(entry: RosterEntry): Line {
    const known = this.#known.get(entry);
    if (known) return known;
    const { codelab, steps } = this.#codelab;
    const progress = entry.progress.find((other) => other.codelab === codelab);
    const completed = new Set(progress?.completed);
    const isHere = (entry.lastCodelab ?? codelab) === codelab;
    const marks = steps.map(({ step }): Mark => {
      const here = isHere && progress?.current === step;
      if (completed.has(step)) return here ? 'here_done' : 'done';
      return here ? 'here' : 'none';
    });
    const line = {
      seat: entry.person.seat,
      label: personName(entry.person),
      marks,
      done: marks.filter((mark) => mark === 'done' || mark === 'here_done').length,
    };
    this.#known.set(entry, line);
    return line;
  }
}

/** Who waited for help, oldest first. */
export function waitingAt(snapshot: Snapshot): HelpRequest[] {
  return (snapshot.facilitation?.helpRequests ?? []).filter(
    ({ status }) => status === 'open' || status === 'claimed',
  );
}

/** The newest messages of everybody and of direct conversations, the newest first. */
export function saidBy(snapshot: Snapshot, most: number): Message[] {
  const newest = [
    ...snapshot.messages.slice(-most),
    ...(snapshot.directMessages ?? []).slice(-most),
  ];
  return newest.sort((a, b) => b.id - a.id).slice(0, most);
}

/** Rows beyond both edges, so that scrolling shows no gap before they are drawn. */
const MARGIN = 6;

/** The rows of one height that can be seen, and some more: from one, up to another. */
export function inSight(
  rows: number,
  rowHeight: number,
  scrolled: number,
  height: number,
): { from: number; to: number } {
  const from = Math.max(0, Math.floor(scrolled / rowHeight) - MARGIN);
  const to = Math.min(rows, Math.ceil((scrolled + height) / rowHeight) + MARGIN);
  return { from: Math.min(from, rows), to };
}
