/** `<img>` tags in HTML that an author mixes into Markdown. */

/** An image as its tag describes it. */
interface RawImage {
  readonly from: number;
  /** Behind the tag. */
  readonly to: number;
  /** The value of `alt`; empty when there is none. */
  readonly description: string;
  /** The tag says that there is nothing to describe. */
  readonly isDecoration: boolean;
}

/**
 * An image, or what is no place for one: a comment, an element whose content nobody sees, or code
 * (inside of boxes, Markdown goes on).
 */
const NEXT =
  /<!--[^]*?(?:-->|$)|<(script|style|template|textarea|title|noscript|iframe|noframes|noembed)\b[^]*?(?:<\/\1|$)|(?<!`)(`+)(?!`)[^]*?(?<!`)\2(?!`)|<img(?=[\s/>])/gi;

const GAP = /[\s/]*/y;
const ATTRIBUTE = /([^\s>/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"'][^\s>]*)))?/y;

/** The images in some HTML, in its order. */
export function imagesIn(html: string): RawImage[] {
  return [...html.matchAll(NEXT)].flatMap(({ index, 0: start }) => {
    if (start.toLowerCase() !== '<img') return [];
    const tag = attributesAt(html, index + start.length);
    if (tag === null) return [];
    const role = tag.attributes.get('role')?.trim().toLowerCase();
    return [
      {
        from: index,
        to: tag.to,
        description: tag.attributes.get('alt') ?? '',
        isDecoration: role === 'presentation' || role === 'none',
      },
    ];
  });
}

/** The attributes of a tag whose name ends here, and where it ends; `null` when it never does. */
function attributesAt(
  html: string,
  at: number,
): { attributes: ReadonlyMap<string, string>; to: number } | null {
  const attributes = new Map<string, string>();
  for (let next = at; ;) {
    GAP.lastIndex = next;
    next += GAP.exec(html)?.[0].length ?? 0;
    if (html[next] === '>') return { attributes, to: next + 1 };
    ATTRIBUTE.lastIndex = next;
    const found = ATTRIBUTE.exec(html);
    if (found === null) return null;
    next += found[0].length;
    const name = (found[1] ?? '').toLowerCase();
    // Of two, the first counts, as in a browser.
    if (!attributes.has(name)) attributes.set(name, found[2] ?? found[3] ?? found[4] ?? '');
  }
}
