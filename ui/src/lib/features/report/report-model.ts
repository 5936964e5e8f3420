/** The report's arithmetic without a pixel. */
import type { Attendance, StepReport, Visit, WorkshopReport } from '$lib/api/wire';

/** How dark a cell of the heat map is; 0 is somebody who never came by. */
export type Heat = 0 | 1 | 2 | 3 | 4 | 5;

/** Where each shade ends, in milliseconds; the last goes on for ever. */
export type HeatScale = readonly [number, number, number, number];

/** Shades are as wide as this many minutes, whichever is the first that fits. */
const WIDTHS_MIN = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60];

const MINUTE_MS = 60_000;

/**
 * The shades for some times: all as wide, in round minutes, so that nineteen of twenty times fall
 * below the last one and a lunch at step 3 does not make everything else pale.
 */
export function heatScale(timesMs: readonly number[]): HeatScale {
  const sorted = [...timesMs].sort((a, b) => a - b);
  const most = sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0;
  const fits = WIDTHS_MIN.find((minutes) => minutes * MINUTE_MS * 4 >= most);
  const width = (fits ?? WIDTHS_MIN.at(-1) ?? 1) * MINUTE_MS;
  return [width, width * 2, width * 3, width * 4];
}

/** The shade of a time; a moment is not nothing. */
export function heatOf(ms: number, scale: HeatScale): Heat {
  const below = scale.findIndex((end) => ms < end);
  return ((below === -1 ? 4 : below) + 1) as Heat;
}

/** Somebody's line of the heat map: a visit, or nothing, for each step. */
export function visitsByPlace(person: Attendance, steps: number): (Visit | undefined)[] {
  const line = Array.from<Visit | undefined>({ length: steps });
  for (const visit of person.visits) line[visit.place] = visit;
  return line;
}

/** How long somebody worked in all. */
export function workedMs(person: Attendance): number {
  return person.visits.reduce((sum, visit) => sum + visit.ms, 0);
}

/** Attendees who finished every step. */
export function finishedAll(report: WorkshopReport): number {
  return report.people.filter((person) => person.stepsDone >= report.steps.length).length;
}

/** The middle of how many steps people finished; `null` of nobody. */
export function medianStepsDone(people: readonly Attendance[]): number | null {
  const done = people.map((person) => person.stepsDone).sort((a, b) => a - b);
  const upper = done[Math.floor(done.length / 2)];
  const lower = done[Math.floor((done.length - 1) / 2)];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

export interface PlanSum {
  /** Minutes planned for all steps that have a plan. */
  readonly planned: number;
  /** Minutes to plan next time: proposed where there is a proposal, else as planned. */
  readonly next: number;
  /** Whether any step has a proposal. */
  readonly isProposed: boolean;
}

/** Minutes of all steps together. */
export function planSum(steps: readonly StepReport[]): PlanSum {
  const sum = (minutes: (step: StepReport) => number | undefined): number =>
    steps.reduce((total, step) => total + (minutes(step) ?? 0), 0);
  return {
    planned: sum((step) => step.plannedMinutes),
    next: sum((step) => step.proposedMinutes ?? step.plannedMinutes),
    isProposed: steps.some((step) => step.proposedMinutes !== undefined),
  };
}

/** How far a proposal is from the plan; `null` without one of them, or when they agree. */
export function planChange(step: StepReport): number | null {
  if (step.proposedMinutes === undefined || step.plannedMinutes === undefined) return null;
  const change = step.proposedMinutes - step.plannedMinutes;
  return change === 0 ? null : change;
}

/** Each step's position in its codelab, counted from 1. */
export function positions(report: WorkshopReport): number[] {
  return report.agenda.flatMap((codelab) => codelab.steps.map((_, index) => index + 1));
}

/** The longest that the steps' boxes must show: everything up to the largest upper quartile or plan. */
export function boxScaleMs(steps: readonly StepReport[]): number {
  const ends = steps.flatMap((step) => [
    step.spread?.upperMs ?? 0,
    (step.plannedMinutes ?? 0) * MINUTE_MS,
  ]);
  return Math.max(MINUTE_MS, ...ends);
}

/** The tables that can be had as files. */
export type Table = 'attendance' | 'steps' | 'quizzes' | 'feedback' | 'submissions';

/** How many gave each of the grades 1 to 5. */
export function gradeCounts(grades: readonly (number | undefined)[]): readonly number[] {
  return [1, 2, 3, 4, 5].map((grade) => grades.filter((given) => given === grade).length);
}

/** The address of a table, in the reader's language and time. */
export function tableUrl(workshop: string, table: Table, locale: string): string {
  const query = new URLSearchParams({
    language: locale === 'ko' ? 'ko' : 'en',
    // The browser counts westwards.
    utcOffsetMinutes: String(-new Date().getTimezoneOffset()),
  });
  return `/api/v1/workshops/${workshop}/report/${table}.csv?${query.toString()}`;
}
