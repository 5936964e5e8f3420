import { describe, expect, test } from 'vitest';

import type { AgendaCodelab, EventMessage } from '$lib/api/wire';

import { Timeline } from './timeline';

const STEPS = 8;
const agenda: AgendaCodelab[] = [
  {
    codelab: 'git',
    title: 'Git',
    steps: Array.from({ length: STEPS }, (_, at) => ({
      step: `g${String(at)}`,
      title: 'Step',
      content: '',
    })),
  },
];

/** A room of some people who go from step to step and talk: so many events, one a second. */
function log(people: number, events: number): EventMessage[] {
  return Array.from({ length: events }, (_, at): EventMessage => {
    const place = { seq: at + 1, atMs: at * 1000 };
    const seat = (at % people) + 2;
    const person = { seat, role: 'attendee' as const, name: `P${String(seat)}`, ordinal: 1 };
    const round = Math.floor(at / people);
    if (round === 0) return { ...place, type: 'seat_taken', person };
    if (round % 4 === 3) {
      const message = { id: at, kind: 'chat' as const, from: person, text: 'hi', atMs: at * 1000 };
      return { ...place, type: 'message_posted', message };
    }
    const step = `g${String(round % STEPS)}`;
    const type = round % 2 === 0 ? 'step_completed' : 'step_entered';
    return { ...place, type, seat, codelab: 'git', step };
  });
}

function timelineOf(events: readonly EventMessage[]): Timeline {
  const timeline = new Timeline({ workshop: 'w', startedAtMs: 0, agenda });
  timeline.add(events);
  return timeline;
}

describe('the state at a moment', () => {
  const events = log(7, 1000);
  const timeline = timelineOf(events);

  test('is what folding from the beginning gives, wherever one comes from', () => {
    for (const count of [0, 1, 199, 200, 201, 400, 777, 1000]) {
      const fresh = timelineOf(events.slice(0, count)).stateAfter(count);
      expect(timeline.stateAfter(count)).toEqual(fresh);
      const shown = { count: 190, state: timeline.stateAfter(190) };
      expect(timeline.stateAfter(count, shown)).toEqual(fresh);
    }
  });

  test('does not fold what was folded before', () => {
    const near = { count: 300, state: timeline.stateAfter(300) };
    expect(timeline.stateAfter(300, near)).toBe(near.state);
    expect(timeline.stateAfter(400)).toBe(timeline.stateAfter(400));
  });

  test('is the same when the log came in pages', () => {
    const paged = new Timeline({ workshop: 'w', startedAtMs: 0, agenda });
    for (let at = 0; at < events.length; at += 333) paged.add(events.slice(at, at + 333));
    expect(paged.stateAfter(950)).toEqual(timeline.stateAfter(950));
  });
});

describe('time', () => {
  test('counts what has happened', () => {
    const timeline = timelineOf(log(3, 10));
    expect([-1, 0, 999, 1000, 4500, 9000, 99_000].map((ms) => timeline.countAt(ms))).toEqual([
      0, 1, 1, 2, 5, 10, 10,
    ]);
    expect([timeline.startMs, timeline.endMs]).toEqual([0, 9000]);
  });

  test('does not turn around when a clock was set back', () => {
    const [first, second, third] = log(3, 3);
    if (!first || !second || !third) throw new Error('three events');
    const timeline = timelineOf([first, { ...second, atMs: 8000 }, { ...third, atMs: 3000 }]);
    expect(timeline.timeOf(2)).toBe(8000);
    expect(timeline.countAt(7999)).toBe(1);
    expect(timeline.countAt(8000)).toBe(3);
  });

  test('is nothing in an empty log', () => {
    const timeline = timelineOf([]);
    expect([timeline.countAt(5), timeline.startMs, timeline.endMs]).toEqual([0, 0, 0]);
    expect(timeline.activity(4)).toEqual([0, 0, 0, 0]);
  });

  test('shows when much happened', () => {
    const events = log(3, 8).map((event, at) => ({ ...event, atMs: at < 6 ? 0 : at * 1000 }));
    const activity = timelineOf(events).activity(7);
    expect(activity[0]).toBe(1);
    expect(activity.slice(1, 6)).toEqual([0, 0, 0, 0, 0]);
    expect(activity[6]).toBeCloseTo(2 / 6);
  });
});
