/** Where the middle of a room is, and whether somebody came late. Counts only: no names. */
import type { AgendaCodelab, Progress, Pulse, Snapshot } from '$lib/api/wire';
import { openSteps } from '$lib/workshop/step-locks';

import { findStep, type FoundStep } from './reading';

/** So many steps behind is late; one step is the next page. */
const LATE_STEPS = 2;

/** Fewer others are no room to catch up with. */
const FEWEST_OTHERS = 2;

/** How many others are at each step of a codelab. */
function othersAt(codelab: AgendaCodelab, pulse: Pulse, own: readonly Progress[]): number[] {
  const counted = pulse.codelabs.find((entry) => entry.codelab === codelab.codelab)?.steps ?? [];
  const mine = own.find((entry) => entry.codelab === codelab.codelab)?.current;
  return codelab.steps.map(({ step }) => {
    const here = counted.find((entry) => entry.step === step)?.here ?? 0;
    return Math.max(0, here - (step === mine ? 1 : 0));
  });
}

const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/**
 * The middle of those who are elsewhere than oneself: in the last codelab that most of them have
 * opened, the lower middle of their steps, so that it is always a step that somebody is at.
 *
 * @param own one's own progress, which does not count; empty for facilitators
 */
export function roomPosition(
  agenda: readonly AgendaCodelab[],
  pulse: Pulse,
  own: readonly Progress[] = [],
): (FoundStep & { others: number }) | null {
  const rooms = agenda.map((codelab) => ({ codelab, counts: othersAt(codelab, pulse, own) }));
  const others = Math.max(0, ...rooms.map(({ counts }) => sum(counts)));
  const room = rooms.findLast(({ counts }) => sum(counts) > 0 && sum(counts) * 2 > others);
  if (room === undefined) return null;
  const middle = Math.ceil(sum(room.counts) / 2);
  let passed = 0;
  const index = room.counts.findIndex((count) => (passed += count) >= middle);
  const { codelab } = room;
  const found = findStep(agenda, { codelab: codelab.codelab, step: codelab.steps[index]?.step });
  return found && { ...found, others };
}

/** Where the room is, if somebody begins well behind it; `null` if there is nothing to catch up. */
export function catchUp(snapshot: Snapshot, pulse: Pulse): FoundStep | null {
  const { agenda, you, status } = snapshot;
  if (status !== 'live' || you.person.role !== 'attendee') return null;
  if (you.progress.some(({ completed }) => completed.length > 0)) return null;
  const room = roomPosition(agenda, pulse, you.progress);
  if (room === null || room.others < FEWEST_OTHERS) return null;
  const order = agenda.flatMap(({ codelab, steps }) =>
    steps.map(({ step }) => `${codelab}/${step}`),
  );
  const mine = you.progress.find(({ codelab }) => codelab === you.lastCodelab);
  const at = Math.max(0, order.indexOf(`${mine?.codelab ?? ''}/${mine?.current ?? ''}`));
  const ahead = order.indexOf(`${room.codelab.codelab}/${room.step.step}`) - at;
  const isOpen = room.position <= openSteps(snapshot, room.codelab);
  return ahead >= LATE_STEPS && isOpen ? room : null;
}
