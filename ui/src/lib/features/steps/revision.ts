/** What an edit of a codelab means for somebody who reads one of its steps. */
import type { AgendaCodelab, AgendaStep } from '$lib/api/wire';

/** Where to read on when a step is gone: the step before it that is still there, else the next. */
export function nearestStep(
  before: AgendaCodelab,
  after: AgendaCodelab,
  gone: string,
): AgendaStep | null {
  const at = before.steps.findIndex(({ step }) => step === gone);
  const around = [...before.steps.slice(0, at + 1).reverse(), ...before.steps.slice(at + 1)];
  for (const { step } of around) {
    const kept = after.steps.find((candidate) => candidate.step === step);
    if (kept) return kept;
  }
  return after.steps[0] ?? null;
}

/** A part of a step's page, and how far below the top of the window it stood. */
export interface Mark {
  readonly text: string;
  readonly index: number;
  readonly top: number;
}

/** The first part of the step on the page that is in sight below `edge`. */
export function markIn(page: Element, edge: number): Mark | null {
  const parts = [...page.children];
  const index = parts.findIndex((part) => part.getBoundingClientRect().bottom > edge);
  const part = parts[index];
  if (part === undefined) return null;
  return { text: part.textContent, index, top: part.getBoundingClientRect().top };
}

/**
 * How far the window has to scroll so that a marked part stands where it stood. Of several parts
 * that say the same it is the one at the nearest place; one that is gone moves nothing.
 */
export function shiftOf(page: Element, mark: Mark): number {
  let [shift, distance] = [0, Infinity];
  for (const [index, part] of [...page.children].entries()) {
    const away = Math.abs(index - mark.index);
    if (part.textContent !== mark.text || away >= distance) continue;
    distance = away;
    shift = part.getBoundingClientRect().top - mark.top;
  }
  return shift;
}
