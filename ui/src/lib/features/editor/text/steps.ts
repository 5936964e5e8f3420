/**
 * Moving, adding, splitting, merging and deleting steps, as changes of the text: the editor's own
 * history undoes them.
 */
import { blocks, lineEnd, lineStart, stepAt, type StepSpan } from './outline';
import { durationOf, setMinutes, wordsFrom } from './minutes';

/** A part of the text that is replaced. Offsets are those of the text before all changes. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** Changes, and what is selected when they are done (offsets of the new text). */
export interface Edit {
  readonly changes: readonly TextChange[];
  readonly selection: { readonly anchor: number; readonly head: number };
}

/** The text after some changes. */
export function applied(source: string, changes: readonly TextChange[]): string {
  let text = '';
  let done = 0;
  for (const { from, to, insert } of changes.toSorted((a, b) => a.from - b.from)) {
    text += source.slice(done, from) + insert;
    done = to;
  }
  return text + source.slice(done);
}

/** A blank line behind a text, whatever stands at its end. */
function closed(text: string): string {
  return `${text.replace(/\n*$/, '')}\n\n`;
}

/** The breaks that are missing between the text in front of a place and a heading there. */
function gap(source: string, at: number): string {
  if (at === 0) return '';
  const before = /\n*$/.exec(source.slice(0, at))?.[0].length ?? 0;
  return '\n'.repeat(Math.max(0, 2 - before));
}

/** Puts a step at another position; both count from 0. */
export function moveStep(
  source: string,
  steps: readonly StepSpan[],
  index: number,
  target: number,
): Edit | null {
  const moved = steps[index];
  const goal = steps[target];
  if (!moved || !goal || index === target) return null;
  const at = target < index ? goal.from : goal.to;
  const isToEnd = at === source.length;
  const text = source.slice(moved.from, moved.to);
  const insert = isToEnd ? `${gap(source, at)}${text.replace(/\n*$/, '\n')}` : closed(text);
  const start = at + (isToEnd ? gap(source, at).length : 0);
  const anchor = target < index ? start : start - (moved.to - moved.from);
  return {
    changes: [
      { from: at, to: at, insert },
      { from: moved.from, to: moved.to, insert: '' },
    ].toSorted((a, b) => a.from - b.from),
    selection: { anchor, head: anchor },
  };
}

/** A new step behind another one, or at the end. Its title is selected. */
export function addStep(
  source: string,
  steps: readonly StepSpan[],
  index: number,
  title: string,
): Edit {
  const at = steps[index]?.to ?? source.length;
  const before = gap(source, at);
  const anchor = at + before.length + 3;
  return {
    changes: [
      { from: at, to: at, insert: `${before}## ${title}\n\n${at < source.length ? '\n' : ''}` },
    ],
    selection: { anchor, head: anchor + title.length },
  };
}

/**
 * Makes two steps of one. In the middle of a paragraph the paragraph is split; anything else (code,
 * a list, a table) stays whole.
 */
export function splitStep(
  source: string,
  steps: readonly StepSpan[],
  cursor: number,
  title: string,
): Edit | null {
  const step = steps[stepAt(steps, cursor)];
  if (!step) return null;
  const line = lineStart(source, cursor);
  const isIndent = source.slice(line, cursor).trim() === '';
  let at = Math.max(isIndent ? line : cursor, wordsFrom(source, step));
  const block = blocks(source).find(({ from, to }) => from < at && at < to);
  if (block && block.from >= step.bodyFrom && block.name !== 'Paragraph') {
    const isAtStart = source.slice(block.from, at).trim() === '';
    at = isAtStart
      ? lineStart(source, block.from)
      : Math.min(lineEnd(source, block.to) + 1, step.to);
  }
  const head = source.slice(0, at).replace(/[ \t]+$/, '');
  const before = gap(head, head.length);
  // Spaces at the start of a line may be what makes it code.
  const loose = at === lineStart(source, at) ? /^(?:[ \t]*\n)*/ : /^[ \t]*\n*/;
  const behind = loose.exec(source.slice(at, step.to))?.[0].length ?? 0;
  const anchor = head.length + before.length + 3;
  return {
    changes: [{ from: head.length, to: at + behind, insert: `${before}## ${title}\n\n` }],
    selection: { anchor, head: anchor + title.length },
  };
}

/** Joins a step with the next, whose title becomes a heading inside; the minutes are added up. */
export function mergeWithNext(
  source: string,
  steps: readonly StepSpan[],
  index: number,
): Edit | null {
  const step = steps[index];
  const next = steps[index + 1];
  if (!step || !next) return null;
  const heading: TextChange = {
    from: next.from,
    to: Math.min(next.bodyFrom, next.to),
    insert: `${gap(source, next.from)}### ${next.title}\n`,
  };
  const own = durationOf(source, step);
  const taken = durationOf(source, next);
  const changes: TextChange[] = [heading];
  if (taken) {
    changes.push({ from: taken.from, to: taken.lineTo, insert: '' });
    const minutes = setMinutes(source, step, (own?.minutes ?? 0) + (taken.minutes ?? 0));
    if (minutes) changes.unshift(minutes);
  }
  const anchor = step.from;
  return { changes, selection: { anchor, head: anchor } };
}

/** Takes a step out. The last one stays: a codelab has a step. */
export function deleteStep(source: string, steps: readonly StepSpan[], index: number): Edit | null {
  const step = steps[index];
  if (!step || steps.length < 2) return null;
  const anchor = step.to === source.length ? (steps[index - 1]?.from ?? 0) : step.from;
  return {
    changes: [{ from: step.from, to: step.to, insert: '' }],
    selection: { anchor, head: anchor },
  };
}
