/** The preparation guide: the words between the title with its header and the first step. */
import { isHeader } from './header-lines';
import type { Block, StepSpan } from './outline';
import type { Edit } from './steps';

/** What stands there and says nothing. */
const SILENT = new Set([
  'ATXHeading1',
  'ATXHeading2',
  'CommentBlock',
  'HorizontalRule',
  'LinkReference',
  'SetextHeading1',
  'SetextHeading2',
]);

const FEEDBACK = /^\s*\[Codelab Feedback\]\(/;

/** Whether a block in front of the first step has words to read, if it is no header. */
export function hasWords(source: string, { name, from, to }: Block): boolean {
  return !SILENT.has(name) && !FEEDBACK.test(source.slice(from, to));
}

/** Where the guide begins; `null` when there is none. */
export function guideAt(
  source: string,
  all: readonly Block[],
  steps: readonly StepSpan[],
): number | null {
  const end = steps[0]?.from ?? 0;
  const words = all.find(
    (block) =>
      block.to <= end &&
      hasWords(source, block) &&
      !(block.name === 'Paragraph' && isHeader(source.slice(block.from, block.to))),
  );
  return words?.from ?? null;
}

/** A guide in front of the first step; its words are selected. */
export function addGuide(source: string, steps: readonly StepSpan[], words: string): Edit | null {
  const at = steps[0]?.from;
  if (at === undefined) return null;
  const above = /\n*$/.exec(source.slice(0, at))?.[0].length ?? 0;
  const gap = at === 0 ? '' : '\n'.repeat(Math.max(0, 2 - above));
  const anchor = at + gap.length;
  return {
    changes: [{ from: at, to: at, insert: `${gap}${words}\n\n` }],
    selection: { anchor, head: anchor + words.length },
  };
}
