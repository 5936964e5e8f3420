/** Steps that people enter, finish and reopen. */
import type { EventMessage, OfType, Progress, Snapshot } from '$lib/api/wire';

import { assertNever } from '../assert-never';
import { inRoster } from './seats';

type StepEvent = OfType<EventMessage, 'step_entered' | 'step_completed' | 'step_reopened'>;

/** Somebody with progress: a line of the roster, or oneself. */
interface Walker {
  progress: Progress[];
  lastCodelab?: string;
}

export function withProgress(snapshot: Snapshot, event: StepEvent): Snapshot {
  const own = snapshot.you.person.seat === event.seat;
  const you = own ? walked(snapshot.you, event) : snapshot.you;
  return inRoster({ ...snapshot, you }, event.seat, (entry) => ({
    ...walked(entry, event),
    activeAtMs: event.atMs,
  }));
}

function walked<W extends Walker>(walker: W, event: StepEvent): W {
  const known = walker.progress.find((progress) => progress.codelab === event.codelab);
  const next = stepped(known ?? { codelab: event.codelab, completed: [] }, event);
  const progress =
    known === undefined
      ? [...walker.progress, next]
      : walker.progress.map((entry) => (entry === known ? next : entry));
  if (event.type !== 'step_entered') return { ...walker, progress };
  return { ...walker, progress, lastCodelab: event.codelab };
}

function stepped(progress: Progress, event: StepEvent): Progress {
  const others = progress.completed.filter((step) => step !== event.step);
  switch (event.type) {
    case 'step_entered':
      return { ...progress, current: event.step, enteredAtMs: event.atMs };
    case 'step_completed':
      return { ...progress, completed: [...others, event.step] };
    case 'step_reopened':
      return { ...progress, completed: others };
    default:
      return assertNever(event);
  }
}
