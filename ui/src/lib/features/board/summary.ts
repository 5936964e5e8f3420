/** The room in a few figures. */
import { isDone, type BoardRow } from './board-model';

/** How far the room is: positions of steps, counted from 1. */
export interface Reach {
  /** At least half of the people are here or further. */
  readonly median: number;
  /** A quarter is here or further back. */
  readonly low: number;
  /** A quarter is here or further ahead. */
  readonly high: number;
  /** Everybody is at the same step. */
  readonly isTogether: boolean;
  /** How many people this is about. */
  readonly people: number;
}

export interface StepCounts {
  readonly here: number;
  readonly done: number;
}

export interface BoardSummary {
  readonly joined: number;
  readonly away: number;
  readonly waiting: number;
  readonly finished: number;
  /** Of those who count for `reach`: who has not opened the codelab. */
  readonly unopened: number;
  /** `null` before anybody opened the codelab. */
  readonly reach: Reach | null;
  /** Per step: who is there, and who has done it. */
  readonly steps: readonly StepCounts[];
}

/**
 * What the rows of a codelab say together. How far the room is says those who are in it: who went
 * home does not hold it back. When nobody is connected, as after the end, everybody counts.
 */
export function summarize(rows: readonly BoardRow[], stepCount: number): BoardSummary {
  const here = new Array<number>(stepCount).fill(0);
  const done = new Array<number>(stepCount).fill(0);
  for (const row of rows) {
    row.cells.forEach((cell, index) => {
      if (isDone(cell)) done[index] = (done[index] ?? 0) + 1;
    });
    const at = row.position - 1;
    if (at >= 0 && !row.isElsewhere) here[at] = (here[at] ?? 0) + 1;
  }
  const online = rows.filter((row) => row.isOnline);
  const present = online.length > 0 ? online : rows;
  const opened = present.filter((row) => row.position > 0 || row.completed > 0);
  return {
    joined: rows.length,
    away: rows.length - online.length,
    waiting: rows.filter((row) => row.help !== null).length,
    finished: rows.filter((row) => row.isFinished).length,
    unopened: present.length - opened.length,
    reach: reach(opened.map((row) => (row.isFinished ? stepCount : Math.max(1, row.position)))),
    steps: here.map((count, index) => ({ here: count, done: done[index] ?? 0 })),
  };
}

/** Each figure is a step that somebody is at. */
export function reach(positions: readonly number[]): Reach | null {
  const sorted = [...positions].sort((a, b) => a - b);
  const last = sorted.length - 1;
  const median = sorted[Math.ceil(last / 2)];
  const low = sorted[Math.floor(last / 4)];
  const high = sorted[Math.ceil((last * 3) / 4)];
  if (median === undefined || low === undefined || high === undefined) return null;
  return { median, low, high, isTogether: sorted[0] === sorted[last], people: sorted.length };
}
