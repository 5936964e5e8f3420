/**
 * Code in what people write: the lines between two fences of three backticks. The server colours
 * the blocks and splits in the same way (`crates/codelab/src/message.rs`); both are tested with
 * `crates/codelab/tests/fences.json`.
 */

/** A stretch of a message. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly info: string; readonly code: string };

const FENCE = '```';

/** A message in its stretches, in order. A block that is never closed goes to the end. */
export function messageParts(text: string): MessagePart[] {
  const parts: MessagePart[] = [];
  let plain: string[] = [];
  let open: { info: string; lines: string[] } | null = null;
  const closePlain = (): void => {
    if (plain.length > 0) parts.push({ kind: 'text', text: plain.join('\n') });
    plain = [];
  };
  const closeCode = ({ info, lines }: { info: string; lines: string[] }): void => {
    parts.push({ kind: 'code', info, code: lines.join('\n') });
  };
  for (const line of linesOf(text)) {
    const trimmed = line.trimStart();
    const rest = trimmed.startsWith(FENCE) ? trimmed.slice(FENCE.length).trim() : null;
    if (open === null) {
      if (rest === null) {
        plain.push(line);
      } else {
        closePlain();
        open = { info: rest, lines: [] };
      }
    } else if (rest === '') {
      closeCode(open);
      open = null;
    } else {
      open.lines.push(line);
    }
  }
  closePlain();
  if (open !== null) closeCode(open);
  return parts;
}

/** The end of the last line begins no other. */
function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/u, ''));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** A text in which what was selected stands between fences, and where the cursor is then. */
export interface Fenced {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Puts a selection between fences; without one, the cursor stands between them. */
export function fenced(text: string, start: number, end: number): Fenced {
  const before = text.slice(0, start);
  const code = text.slice(start, end).replace(/\n$/u, '');
  const after = text.slice(end);
  const lead = `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${FENCE}\n`;
  const tail = `\n${FENCE}${after.startsWith('\n') ? '' : '\n'}`;
  return { text: lead + code + tail + after, start: lead.length, end: lead.length + code.length };
}
