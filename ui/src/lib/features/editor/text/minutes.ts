/** How long a step takes: its `Duration:` line. */
import type { StepSpan } from './outline';
import type { TextChange } from './steps';

interface DurationLine {
  readonly from: number;
  /** Where the next line begins. */
  readonly lineTo: number;
  readonly value: string;
  readonly minutes: number | null;
}

const DURATION = /^([ \t]*duration:[ \t]*)(.*?)[ \t]*$/i;
const STEP_LINE = /^[ \t]*(?:duration|environments?):/i;

/** The line of a step that says how long it takes. */
export function durationOf(source: string, step: StepSpan): DurationLine | null {
  let seen = false;
  for (let from = step.bodyFrom; from < step.to;) {
    const end = source.indexOf('\n', from);
    const lineTo = end < 0 || end >= step.to ? step.to : end + 1;
    const line = source.slice(from, lineTo).replace(/\n$/, '');
    const match = DURATION.exec(line);
    if (match) {
      const value = match[2] ?? '';
      return { from, lineTo, value, minutes: minutesOf(value) };
    }
    if (line.trim() === '') {
      if (seen) return null;
    } else if (STEP_LINE.test(line)) {
      seen = true;
    } else {
      return null;
    }
    from = lineTo;
  }
  return null;
}

/** Behind the lines of a step that are about it: where its words begin. */
export function wordsFrom(source: string, step: StepSpan): number {
  let end = step.bodyFrom;
  for (let from = step.bodyFrom; from < step.to;) {
    const found = source.indexOf('\n', from);
    const next = found < 0 || found >= step.to ? step.to : found + 1;
    const line = source.slice(from, next);
    if (STEP_LINE.test(line)) end = next;
    else if (line.trim() !== '') break;
    from = next;
  }
  return end;
}

/** `5`, `5:00` and `0:05:00`; a started minute is a whole one. */
export function minutesOf(value: string): number | null {
  if (!/^[a-z0-9:]*\d[a-z0-9:]*$/i.test(value)) return null;
  const parts = value.split(':');
  const number = (part: string | undefined): number =>
    part !== undefined && /^\d+$/.test(part) ? Number(part) : 0;
  switch (parts.length) {
    case 1:
      return /^\d+$/.test(value) ? Number(value) : null;
    case 2:
      return number(parts[0]) + Math.ceil(number(parts[1]) / 60);
    case 3:
      return number(parts[0]) * 60 + number(parts[1]) + Math.ceil(number(parts[2]) / 60);
    default:
      return null;
  }
}

/** Says how long a step takes; `null` takes the line away. */
export function setMinutes(
  source: string,
  step: StepSpan,
  minutes: number | null,
): TextChange | null {
  const line = durationOf(source, step);
  if (minutes === null) return line && { from: line.from, to: line.lineTo, insert: '' };
  if (line?.minutes === minutes) return null;
  if (line === null) {
    const at = Math.min(step.bodyFrom, step.to);
    const isOpen = at > 0 && source[at - 1] !== '\n';
    return { from: at, to: at, insert: `${isOpen ? '\n' : ''}Duration: ${String(minutes)}\n` };
  }
  const text = source.slice(line.from, line.lineTo);
  const start = line.from + (DURATION.exec(text.replace(/\n$/, ''))?.[1]?.length ?? 0);
  return { from: start, to: start + line.value.length, insert: written(minutes, line.value) };
}

/** In the spelling that was there. */
function written(minutes: number, before: string): string {
  switch (before.split(':').length) {
    case 2:
      return `${String(minutes)}:00`;
    case 3: {
      const rest = String(minutes % 60).padStart(2, '0');
      return `${String(Math.floor(minutes / 60))}:${rest}:00`;
    }
    default:
      return String(minutes);
  }
}
