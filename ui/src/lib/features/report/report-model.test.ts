import { describe, expect, test } from 'vitest';

import type { Attendance, StepReport, WorkshopReport } from '$lib/api/wire';

import {
  boxScaleMs,
  finishedAll,
  heatOf,
  heatScale,
  medianStepsDone,
  planChange,
  planSum,
  tableUrl,
  visitsByPlace,
  workedMs,
} from './report-model';

const MINUTE = 60_000;

function person(stepsDone: number, ...minutes: number[]): Attendance {
  return {
    seat: 2,
    name: 'Ada',
    ordinal: 1,
    joinedAtMs: 0,
    activeAtMs: 0,
    stepsDone,
    messages: 0,
    quizzesAnswered: 0,
    quizzesRight: 0,
    helpRequests: 0,
    visits: minutes.map((minute, place) => ({ place, ms: minute * MINUTE, finished: true })),
  };
}

function step(planned?: number, proposed?: number): StepReport {
  return {
    codelab: 'git',
    step: 'g1',
    title: 'First',
    entered: 0,
    finished: 0,
    helpRequests: 0,
    ...(planned !== undefined && { plannedMinutes: planned }),
    ...(proposed !== undefined && { proposedMinutes: proposed }),
  };
}

describe('the heat map', () => {
  test('has round shades that one lunch does not stretch', () => {
    const times = [...Array.from({ length: 39 }, () => 9 * MINUTE), 90 * MINUTE];
    expect(heatScale(times)).toEqual([3, 6, 9, 12].map((minutes) => minutes * MINUTE));
    expect(heatScale([])).toEqual([1, 2, 3, 4].map((minutes) => minutes * MINUTE));
  });

  test('shades from a moment to for ever', () => {
    const scale = heatScale([8 * MINUTE]);
    expect([0, 1, 2, 5, 7.9, 8, 500].map((minutes) => heatOf(minutes * MINUTE, scale))).toEqual([
      1, 1, 2, 3, 4, 5, 5,
    ]);
  });

  test('has a place for every step, also for those nobody came by', () => {
    const line = visitsByPlace(person(1, 3, 4), 4);
    expect(line.map((visit) => visit?.ms)).toEqual([3 * MINUTE, 4 * MINUTE, undefined, undefined]);
    expect(workedMs(person(1, 3, 4))).toBe(7 * MINUTE);
  });
});

test('the middle of steps done', () => {
  expect(medianStepsDone([])).toBeNull();
  expect(medianStepsDone([person(2), person(5)])).toBe(3.5);
  expect(medianStepsDone([person(9), person(2), person(5)])).toBe(5);
});

test('who finished everything', () => {
  const report = { people: [person(2), person(3)], steps: [step(), step(), step()] };
  expect(finishedAll(report as unknown as WorkshopReport)).toBe(1);
});

test('the next plan takes what is proposed, else what was planned', () => {
  expect(planSum([step(5, 8), step(10), step(undefined, 3)])).toEqual({
    planned: 15,
    next: 21,
    isProposed: true,
  });
  expect(planSum([step(5)]).isProposed).toBe(false);
});

test('a proposal that differs from the plan says by how much', () => {
  expect([step(5, 8), step(5, 3), step(5, 5), step(5), step(undefined, 4)].map(planChange)).toEqual(
    [3, -2, null, null, null],
  );
});

test('boxes have room for the longest quartile and the longest plan', () => {
  expect(boxScaleMs([])).toBe(MINUTE);
  const slow = { ...step(5), spread: { people: 3, lowerMs: 1, medianMs: 2, upperMs: 9 * MINUTE } };
  expect(boxScaleMs([slow, step(7)])).toBe(9 * MINUTE);
});

test('a table knows the language and the clock of who reads it', () => {
  const url = tableUrl('w1', 'steps', 'ko');
  expect(url).toMatch(/^\/api\/v1\/workshops\/w1\/report\/steps\.csv\?language=ko&utcOffset/);
  expect(tableUrl('w1', 'steps', 'fr')).toContain('language=en');
});
