/** How much there is to read. */
import { guideAt, hasWords } from './guide';
import type { Block, StepSpan } from './outline';

/**
 * Han, kana and Thai write words without spaces between them: a letter counts there, as word
 * processors count them. Everywhere else (Korean too) a word is what stands between spaces.
 */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}'’_-])*/gu;

const CODE = new Set(['FencedCode', 'CodeBlock']);

/** The number of words in a text. */
export function words(text: string): number {
  return text.match(WORDS)?.length ?? 0;
}

/** Counts the steps of a text that is being written: a keystroke counts the step that it is in. */
export class WordCounter {
  #known = new Map<string, number>();

  /** The number of words of each step, its code left out. */
  count(source: string, steps: readonly StepSpan[], blocks: readonly Block[]): number[] {
    const known = new Map<string, number>();
    const counts = steps.map((step) => {
      const text = source.slice(step.from, step.to);
      const count = this.#known.get(text) ?? wordsOfStep(source, step, blocks);
      known.set(text, count);
      return count;
    });
    this.#known = known;
    return counts;
  }
}

function wordsOfStep(source: string, step: StepSpan, blocks: readonly Block[]): number {
  const inside = ({ from }: Block): boolean => from >= step.bodyFrom && from < step.to;
  const prose = blocks.filter((block) => inside(block) && !CODE.has(block.name));
  return prose.reduce(
    (sum, { from, to }) => sum + words(source.slice(from, to)),
    words(step.title),
  );
}

/** The number of words of the preparation guide, its code left out; 0 when there is none. */
export function wordsOfGuide(
  source: string,
  steps: readonly StepSpan[],
  blocks: readonly Block[],
): number {
  const start = guideAt(source, blocks, steps);
  const end = steps[0]?.from;
  if (start === null || end === undefined) return 0;
  return blocks
    .filter((block) => block.from >= start && block.to <= end)
    .filter((block) => !CODE.has(block.name) && hasWords(source, block))
    .reduce((sum, { from, to }) => sum + words(source.slice(from, to)), 0);
}
