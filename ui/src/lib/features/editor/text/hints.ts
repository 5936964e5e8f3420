/** What the author can do better and the server does not say: pictures without a description. */
import type { Block } from './outline';

const IMAGE = /!\[([^\]\n]*)\]\([^)\n]+\)/g;
const CODE = new Set(['FencedCode', 'CodeBlock', 'HTMLBlock']);

/** Where pictures are that say nothing to somebody who cannot see them. */
export function undescribed(
  source: string,
  blocks: readonly Block[],
  placeholder: string,
): { from: number; to: number }[] {
  const code = blocks.filter(({ name }) => CODE.has(name));
  return [...source.matchAll(IMAGE)].flatMap(({ index, 0: image, 1: words = '' }) => {
    const says = words.trim() !== '' && words !== placeholder;
    if (says || code.some(({ from, to }) => from <= index && index < to)) return [];
    return [{ from: index, to: index + image.length }];
  });
}
