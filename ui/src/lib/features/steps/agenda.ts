/** Where somebody is on the agenda, and what comes before and after. */
import type { AgendaCodelab, AgendaStep, Snapshot } from '$lib/api/wire';

/** A step with its surroundings. */
export interface Place {
  readonly codelab: AgendaCodelab;
  readonly step: AgendaStep;
  /** The step's position in its codelab, from 0. */
  readonly index: number;
  readonly before: AgendaStep | null;
  readonly after: AgendaStep | null;
  /** The codelab that follows on the agenda. */
  readonly nextCodelab: AgendaCodelab | null;
}

type Agenda = readonly AgendaCodelab[];

/** The place of a step; `null` when the agenda has no such step. */
export function placeAt(agenda: Agenda, codelab: string, step: string): Place | null {
  const at = agenda.findIndex((entry) => entry.codelab === codelab);
  const entry = agenda[at];
  const index = entry?.steps.findIndex((candidate) => candidate.step === step) ?? -1;
  const found = entry?.steps[index];
  if (entry === undefined || found === undefined) return null;
  return {
    codelab: entry,
    step: found,
    index,
    before: entry.steps[index - 1] ?? null,
    after: entry.steps[index + 1] ?? null,
    nextCodelab: agenda[at + 1] ?? null,
  };
}

/** The beginning of a codelab; `null` when it has no steps. */
export function startOf(agenda: Agenda, codelab: AgendaCodelab): Place | null {
  const first = codelab.steps[0];
  return first === undefined ? null : placeAt(agenda, codelab.codelab, first.step);
}

/** The step somebody left a codelab at, or its beginning. */
export function placeIn(snapshot: Snapshot, codelab: AgendaCodelab): Place | null {
  const { agenda, you } = snapshot;
  const progress = you.progress.find((entry) => entry.codelab === codelab.codelab);
  const left = progress?.current ? placeAt(agenda, codelab.codelab, progress.current) : null;
  return left ?? startOf(agenda, codelab);
}

/** Where to go on: beside whom one follows, else the step shown last, or the very first. */
export function placeToResume(snapshot: Snapshot): Place | null {
  const { agenda, lead, you } = snapshot;
  if (lead?.codelab && lead.step && you.following && you.person.role === 'attendee') {
    const beside = placeAt(agenda, lead.codelab, lead.step);
    if (beside) return beside;
  }
  const codelab = agenda.find((entry) => entry.codelab === you.lastCodelab) ?? agenda[0];
  return codelab === undefined ? null : placeIn(snapshot, codelab);
}

/** The address of a step's page. */
export function stepPath(workshop: string, codelab: AgendaCodelab, step: AgendaStep): string {
  return ['', 'w', workshop, codelab.codelab, step.step].map(encodeURIComponent).join('/');
}

/** Planned minutes of the steps that are not done; `null` when nothing is planned at all. */
export function remainingMinutes(
  steps: readonly AgendaStep[],
  completed: ReadonlySet<string>,
): number | null {
  const planned = steps.filter((step) => typeof step.minutes === 'number');
  if (planned.length === 0) return null;
  return planned
    .filter((step) => !completed.has(step.step))
    .reduce((sum, step) => sum + (step.minutes ?? 0), 0);
}
