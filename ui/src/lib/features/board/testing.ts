/** People and a codelab for the tests of the board. */
import type { AgendaCodelab, HelpRequest, RosterEntry } from '$lib/api/wire';

import { BoardRows, type BoardRow } from './board-model';

export const MINUTE = 60_000;

/** Steps a, b and c of five minutes, and d without a plan. */
export const git: AgendaCodelab = {
  codelab: 'git',
  title: 'Git',
  steps: ['a', 'b', 'c', 'd'].map((step) => ({
    step,
    title: step,
    content: step,
    ...(step === 'd' ? {} : { minutes: 5 }),
  })),
};

export const python: AgendaCodelab = {
  codelab: 'python',
  title: 'Python',
  steps: [{ step: 'p', title: 'p', content: 'p', minutes: 3 }],
};

export interface Place {
  name?: string;
  ordinal?: number;
  codelab?: string;
  current?: string;
  since?: number;
  completed?: string[];
  /** The codelab they are in; the one of `current` unless they left it. */
  last?: string;
  active?: number;
}

export function attendee(seat: number, place: Place = {}): RosterEntry {
  const { name = `P${String(seat)}`, ordinal = 1, current, since = 0, completed = [] } = place;
  const { codelab = 'git', last = current === undefined ? undefined : codelab } = place;
  const isOpened = current !== undefined || completed.length > 0;
  const progress = { codelab, completed, ...(current && { current, enteredAtMs: since }) };
  return {
    person: { seat, role: 'attendee', name, ordinal },
    activeAtMs: place.active ?? since,
    following: true,
    joinedAtMs: seat,
    progress: isOpened ? [progress] : [],
    ...(last === undefined ? {} : { lastCodelab: last }),
  };
}

export const facilitator: RosterEntry = {
  person: { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 },
  activeAtMs: 0,
  following: true,
  joinedAtMs: 0,
  progress: [],
};

export function waits(entry: RosterEntry, raisedAtMs: number): HelpRequest {
  return { id: raisedAtMs, from: entry.person, raisedAtMs, status: 'open' };
}

/** The rows of git; all are connected but those named. */
export function rowsOf(
  roster: readonly RosterEntry[],
  { away = [], waiting = [] }: { away?: number[]; waiting?: HelpRequest[] } = {},
): readonly BoardRow[] {
  const seats = roster.map((entry) => entry.person.seat);
  const online = new Set(seats.filter((seat) => !away.includes(seat)));
  return new BoardRows().of(roster, online, waiting, git);
}
