/** Addresses in what people write, as links. A text stays text: nothing in it becomes markup. */

export type Segment = { kind: 'text'; text: string } | { kind: 'link'; text: string; href: string };

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`{}|\\^\u200b]+/giu;

/** What mostly belongs to the sentence around an address. */
const TRAILING = /[.,;:!?…。、」』”’*_~]+$/u;

/** A text in pieces; together they are the text again. */
export function linkify(text: string): Segment[] {
  const segments: Segment[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutTrailing(match[0]);
    const href = safeAddress(address);
    if (href === null) continue;
    if (match.index > done) segments.push({ kind: 'text', text: text.slice(done, match.index) });
    segments.push({ kind: 'link', text: address, href });
    done = match.index + address.length;
  }
  if (done < text.length) segments.push({ kind: 'text', text: text.slice(done) });
  return segments;
}

/** Drops punctuation at the end, and a bracket that was opened before the address. */
function withoutTrailing(address: string): string {
  let kept = address;
  for (;;) {
    const shorter = withoutOpenBracket(kept.replace(TRAILING, ''));
    if (shorter === kept) return kept;
    kept = shorter;
  }
}

function withoutOpenBracket(address: string): string {
  const pairs = { ')': '(', ']': '[' } as const;
  const last = address.at(-1);
  if (last !== ')' && last !== ']') return address;
  const count = (character: string): number => address.split(character).length - 1;
  return count(last) > count(pairs[last]) ? address.slice(0, -1) : address;
}

/** The address as the browser will open it; `null` for anything but the web. */
function safeAddress(address: string): string | null {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return null;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  // What looks like one site and opens another.
  if (url.username !== '' || url.password !== '') return null;
  return url.href;
}
