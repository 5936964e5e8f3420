/**
 * Who is stuck, ranked, with the reasons in plain data. Each reason weighs about what it would make
 * a facilitator walk over for; the sum is the rank, and the reasons are what is shown.
 *
 * - Waiting for help weighs most, and more with every minute; less when somebody is on the way.
 * - "Stuck" as the answer to the pace question, until they move beyond the step it was about.
 * - A step that takes more than twice its planned minutes, by how many times. A step without a plan
 *   says nothing.
 * - Silence: nothing done for ten minutes, or twice the plan of a step that is longer.
 *
 * The last two are about people who are connected and not done; a pause is no reason to be visited.
 */
import type { AgendaCodelab, Pace, PaceReply, Person, RosterEntry } from '$lib/api/wire';

import type { BoardRow } from './board-model';
import { STUCK_TIMES } from './dwell';

const MINUTE_MS = 60_000;
const SILENT_MS = 10 * MINUTE_MS;

export type StuckReason =
  | { readonly kind: 'waiting'; readonly forMs: number; readonly by: Person | null }
  | { readonly kind: 'answered' }
  | { readonly kind: 'dwell'; readonly forMs: number; readonly at: Place; readonly planMs: number }
  | { readonly kind: 'silent'; readonly forMs: number };

/** A step of the agenda. */
export interface Place {
  readonly codelab: AgendaCodelab;
  /** Counted from 1. */
  readonly position: number;
}

export interface Stuck {
  readonly row: BoardRow;
  readonly reasons: readonly StuckReason[];
  /** The higher, the sooner somebody should go there. */
  readonly weight: number;
}

/** What the room knows beyond the rows. */
export interface Room {
  readonly agenda: readonly AgendaCodelab[];
  readonly pace: Pace | undefined;
  readonly paceAnswers: readonly PaceReply[];
}

/** The most urgent first; of equals, who joined first. */
export function whoIsStuck(rows: readonly BoardRow[], room: Room, nowMs: number): Stuck[] {
  const answered = new Set(
    room.paceAnswers.filter(({ answer }) => answer === 'stuck').map(({ seat }) => seat),
  );
  return rows
    .map((row) => {
      const reasons = reasonsOf(row, room, answered.has(row.seat), nowMs);
      return { row, reasons, weight: reasons.reduce((sum, reason) => sum + weigh(reason), 0) };
    })
    .filter(({ reasons }) => reasons.length > 0)
    .sort((a, b) => b.weight - a.weight || a.row.seat - b.row.seat);
}

function reasonsOf(row: BoardRow, room: Room, answered: boolean, nowMs: number): StuckReason[] {
  const at = placeOf(row.entry, room.agenda);
  const reasons: StuckReason[] = [];
  if (row.help) {
    const forMs = Math.max(0, nowMs - row.help.raisedAtMs);
    reasons.push({ kind: 'waiting', forMs, by: row.help.by ?? null });
  }
  if (answered && room.pace && !isBeyond(at, room.pace)) reasons.push({ kind: 'answered' });
  if (!row.isOnline || isDoneAt(row.entry, at)) return reasons;

  const planMs = (at?.codelab.steps[at.position - 1]?.minutes ?? 0) * MINUTE_MS;
  const hereMs = nowMs - (enteredAtMs(row.entry) ?? nowMs);
  const isLong = at !== null && planMs > 0 && hereMs > planMs * STUCK_TIMES;
  if (isLong) reasons.push({ kind: 'dwell', forMs: hereMs, at, planMs });
  const silentMs = nowMs - row.entry.activeAtMs;
  // Who did nothing since entering the step has been silent for as long as they are there.
  const isSaid = isLong && silentMs >= hereMs;
  if (silentMs >= Math.max(SILENT_MS, planMs * STUCK_TIMES) && !isSaid) {
    reasons.push({ kind: 'silent', forMs: silentMs });
  }
  return reasons;
}

function weigh(reason: StuckReason): number {
  switch (reason.kind) {
    case 'waiting':
      return (reason.by === null ? 60 : 20) + reason.forMs / MINUTE_MS;
    case 'answered':
      return 50;
    case 'dwell':
      return Math.min(60, (10 * reason.forMs) / reason.planMs);
    case 'silent':
      return Math.min(30, reason.forMs / MINUTE_MS);
  }
}

/** Where somebody is, in whichever codelab. */
function placeOf(entry: RosterEntry, agenda: readonly AgendaCodelab[]): Place | null {
  const codelab = agenda.find((known) => known.codelab === entry.lastCodelab);
  const current = entry.progress.find((known) => known.codelab === entry.lastCodelab)?.current;
  const index = codelab?.steps.findIndex((step) => step.step === current) ?? -1;
  return codelab && index >= 0 ? { codelab, position: index + 1 } : null;
}

function enteredAtMs(entry: RosterEntry): number | undefined {
  return entry.progress.find((known) => known.codelab === entry.lastCodelab)?.enteredAtMs;
}

/** Whether their step, or the whole codelab, is done. */
function isDoneAt(entry: RosterEntry, at: Place | null): boolean {
  if (at === null) return false;
  const { codelab, position } = at;
  const done = entry.progress.find((known) => known.codelab === codelab.codelab)?.completed ?? [];
  const step = codelab.steps[position - 1]?.step ?? '';
  return done.includes(step) || codelab.steps.every((known) => done.includes(known.step));
}

/** Whether somebody went on from the step that was asked about. */
function isBeyond(at: Place | null, pace: Pace): boolean {
  if (at === null) return false;
  if (at.codelab.codelab !== pace.codelab) return true;
  const asked = at.codelab.steps.findIndex((step) => step.step === pace.step) + 1;
  return at.position > asked;
}
