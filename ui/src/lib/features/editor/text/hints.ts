/**
 * What the author can do better and the server does not say: pictures without a description,
 * written as Markdown or as HTML.
 */
import { GFM, parser } from '@lezer/markdown';

import { lineStart, type Block } from './outline';
import { imagesIn } from './raw-images';

interface Place {
  readonly from: number;
  readonly to: number;
}

const IMAGE = /^!\[([^\]\n]*)\]\([^)\n]+\)/;
const MAY_SHOW = /!\[|<img[\s/>]/i;
const CODE = new Set(['FencedCode', 'CodeBlock']);

const markdown = parser.configure([GFM]);

/** Where pictures are that say nothing to somebody who cannot see them, in the order of the text. */
export function undescribed(
  source: string,
  blocks: readonly Block[],
  placeholder: string,
): Place[] {
  const isSilent = (words: string): boolean => words.trim() === '' || words === placeholder;
  return blocks.flatMap((block) => {
    const from = lineStart(source, block.from);
    const text = source.slice(from, block.to);
    if (CODE.has(block.name) || !MAY_SHOW.test(text)) return [];
    return undescribedIn(text, isSilent).map((place) => ({
      from: from + place.from,
      to: from + place.to,
    }));
  });
}

/** The same in one block, read with all that is inside of it. */
function undescribedIn(text: string, isSilent: (words: string) => boolean): Place[] {
  const found: Place[] = [];
  markdown.parse(text).iterate({
    enter: ({ name, from, to }) => {
      const part = text.slice(from, to);
      if (name === 'Image') {
        const image = IMAGE.exec(part);
        if (image && isSilent(image[1] ?? '')) found.push({ from, to: from + image[0].length });
      } else if (name === 'HTMLTag' || name === 'HTMLBlock') {
        for (const image of imagesIn(part)) {
          if (image.isDecoration || !isSilent(image.description)) continue;
          found.push({ from: from + image.from, to: from + image.to });
        }
      }
    },
  });
  return found;
}
