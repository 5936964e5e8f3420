/**
 * The steps of a codelab's text: where each begins and ends. The server's reader decides what a step
 * is; this one follows the same rule, so that the list is right between two answers of the server.
 */
import { TreeFragment, type Tree } from '@lezer/common';
import { GFM, parser } from '@lezer/markdown';

import { difference } from './difference';
import { frontMatter, isUnderlinedHeader } from './header-lines';

/** A step's part of the text. The parts follow each other without a gap, up to the end. */
export interface StepSpan {
  /** Where the line of its heading begins. */
  readonly from: number;
  /** Behind the line of its heading. */
  readonly bodyFrom: number;
  /** Where the next step begins, or the end of the text. */
  readonly to: number;
  readonly title: string;
}

/** A part of the text that is not inside another one. */
export interface Block {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** What stands inside of paragraphs; nobody asks for it here, and to find it takes most of the time. */
const INLINE = [
  'Autolink',
  'Emphasis',
  'Entity',
  'Escape',
  'HTMLTag',
  'HardBreak',
  'Image',
  'InlineCode',
  'Link',
  'LinkEnd',
  'Strikethrough',
];

const markdown = parser.configure([GFM, { remove: INLINE }]);
const STEP_HEADINGS = new Set(['ATXHeading2', 'SetextHeading2']);

/** The blocks at the top level, front matter aside. */
export function blocks(source: string): Block[] {
  return new BlockReader().read(source);
}

/** Reads the blocks of a text that is being written: a keystroke reads what is around it. */
export class BlockReader {
  #text = '';
  #tree: Tree | null = null;

  read(source: string): Block[] {
    const header = frontMatter(source);
    // Spaces in its place: offsets stay, and nothing in it is taken for a heading.
    const text = header
      ? ' '.repeat(header.to).replace(/ $/, '\n') + source.slice(header.to)
      : source;
    const tree = markdown.parse(text, this.#fragments(text));
    this.#text = text;
    this.#tree = tree;
    const found: Block[] = [];
    for (let node = tree.topNode.firstChild; node; node = node.nextSibling) {
      found.push({ name: node.name, from: node.from, to: node.to });
    }
    return found;
  }

  /** The parts of the last reading that still hold. */
  #fragments(text: string): readonly TreeFragment[] {
    if (this.#tree === null) return [];
    const { from, toA, toB } = difference(this.#text, text);
    const change = { fromA: from, toA, fromB: from, toB };
    return TreeFragment.applyChanges(TreeFragment.addTree(this.#tree), [change]);
  }
}

/** The steps by our own reading. */
export function stepsOf(source: string, all: readonly Block[] = blocks(source)): StepSpan[] {
  const headings = all.filter(
    ({ name, from, to }) =>
      STEP_HEADINGS.has(name) &&
      titleOf(source.slice(from, to)) !== '' &&
      !isUnderlinedHeader(source.slice(from, to)),
  );
  return spans(
    source,
    headings.map(({ from, to }) => ({ from: lineStart(source, from), headingTo: to })),
  );
}

/** The steps where the server says that their headings are: lines, counted from 1. */
export function stepsAt(source: string, lines: readonly number[]): StepSpan[] {
  const starts = lineStarts(source);
  const headings = lines.flatMap((line) => {
    const from = starts[line - 1];
    if (from === undefined) return [];
    const isAtx = /^ {0,3}##(?:[ \t]|$)/.test(lineAt(source, from));
    return [{ from, headingTo: isAtx ? lineEnd(source, from) : underlineEnd(source, from) }];
  });
  return spans(source, headings);
}

/** The step that holds a place of the text; -1 in front of the first. */
export function stepAt(steps: readonly StepSpan[], at: number): number {
  return steps.findLastIndex(({ from }) => from <= at);
}

/** The line of a place, counted from 1. */
export function lineNumber(source: string, at: number): number {
  let line = 1;
  for (let index = source.indexOf('\n'); index >= 0 && index < at; line += 1) {
    index = source.indexOf('\n', index + 1);
  }
  return line;
}

/** Where each line begins. */
export function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
    starts.push(at + 1);
  }
  return starts;
}

/** Where the line of a place begins. */
export function lineStart(source: string, at: number): number {
  return at === 0 ? 0 : source.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line of a place ends, its break not included. */
export function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

const lineAt = (source: string, from: number): string => source.slice(from, lineEnd(source, from));

/** The end of the line of dashes below a heading's words. */
function underlineEnd(source: string, from: number): number {
  for (let at = from; at < source.length; at = lineEnd(source, at) + 1) {
    if (at > from && /^ {0,3}-+[ \t]*$/.test(lineAt(source, at))) return lineEnd(source, at);
    if (lineAt(source, at).trim() === '') break;
  }
  return lineEnd(source, from);
}

function spans(
  source: string,
  headings: readonly { from: number; headingTo: number }[],
): StepSpan[] {
  return headings.map(({ from, headingTo }, index) => {
    const to = headings[index + 1]?.from ?? source.length;
    return {
      from,
      bodyFrom: Math.min(lineEnd(source, headingTo) + 1, to),
      to,
      title: titleOf(source.slice(from, headingTo)),
    };
  });
}

/** The words of a heading. */
function titleOf(heading: string): string {
  return heading
    .replace(/\n[ \t]*-+[ \t]*$/, '')
    .replace(/^\s*#{1,6}(?=\s|$)/, '')
    .replace(/(^|[ \t])#+[ \t]*$/, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*\*|__|`+)(.+?)\1/g, '$2')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
