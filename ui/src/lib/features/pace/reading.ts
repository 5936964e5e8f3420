/** What pacing needs to know of somebody who reads, and of the steps on the agenda. */
import type { AgendaCodelab, AgendaStep } from '$lib/api/wire';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

/** A step by its ids. */
export interface Spot {
  readonly codelab: string;
  readonly step: string;
}

/** A step with what it is called and where it stands. */
export interface FoundStep {
  readonly codelab: AgendaCodelab;
  readonly step: AgendaStep;
  /** Counted from 1. */
  readonly position: number;
}

/** Somebody with a step on the screen. */
export interface Reading {
  readonly workshop: LiveWorkshop;
  readonly place: {
    readonly codelab: AgendaCodelab;
    readonly step: AgendaStep;
  } | null;
  pathOf(codelab: AgendaCodelab, step: AgendaStep): string;
}

/** A step of the agenda; `null` when it is not there, or no step is meant. */
export function findStep(
  agenda: readonly AgendaCodelab[],
  spot: { codelab?: string | undefined; step?: string | undefined } | null | undefined,
): FoundStep | null {
  const codelab = agenda.find((entry) => entry.codelab === spot?.codelab);
  const index = codelab?.steps.findIndex(({ step }) => step === spot?.step) ?? -1;
  const step = codelab?.steps[index];
  return codelab && step ? { codelab, step, position: index + 1 } : null;
}
