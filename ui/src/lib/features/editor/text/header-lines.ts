/**
 * Where a codelab's text says what it is: between two `---` lines at the top, or in a paragraph of
 * `key: value` lines. The rules are those of the server's reader.
 */

/** A part of the text. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

const KNOWN_KEYS = new Set([
  'id',
  'title',
  'summary',
  'author',
  'authors',
  'category',
  'categories',
  'environment',
  'environments',
  'tags',
  'status',
  'feedback_link',
  'analytics_account',
  'analytics_ga4_account',
  'source',
  'duration',
  'language',
  'lang',
  'home_url',
  'required',
]);

/** Longer words before a colon are prose, not a key. */
const LONGEST_KEY = 40;

/** The lines between the two fences, and the end of the second fence's line. */
export function frontMatter(source: string): { lines: Range; to: number } | null {
  let opened: number | null = null;
  let keys = 0;
  let afterBlank = false;
  for (let at = 0; at < source.length;) {
    const end = source.indexOf('\n', at);
    const next = end < 0 ? source.length : end + 1;
    const line = source.slice(at, end < 0 ? source.length : end);
    const isBlank = line.trim() === '';
    if (opened === null) {
      if (!isBlank && line.trimEnd() !== '---') return null;
      if (!isBlank) opened = next;
    } else if (line.trimEnd() === '---' || line.trimEnd() === '...') {
      return keys > 0 ? { lines: { from: opened, to: at }, to: next } : null;
    } else if (!isBlank && !/^[ \t-]/.test(line)) {
      const isComment = line.startsWith('#') && !afterBlank;
      if (!isComment && !isEntry(line)) return null;
      if (!isComment) keys += 1;
    }
    if (opened !== null) afterBlank = isBlank;
    at = next;
  }
  return null;
}

const isEntry = (line: string): boolean => /^(?=.*[\p{L}\p{N}].*:)[\p{L}\p{N} _-]+:/u.test(line);

/** Splits `Feedback Link: x` into `feedback_link` and `x`. */
export function entry(line: string): { key: string; value: string } | null {
  const colon = line.indexOf(':');
  if (colon < 0) return null;
  const value = line.slice(colon + 1);
  const words = line.slice(0, colon).split(/[\s_-]+/);
  const key = words
    .filter((word) => word !== '')
    .join('_')
    .toLowerCase();
  const isKey = key !== '' && key.length <= LONGEST_KEY && /^[\p{L}\p{N}_]+$/u.test(key);
  const isApart = value === '' || /^[ \t]/.test(value) || KNOWN_KEYS.has(key);
  return isKey && isApart ? { key, value: value.trim() } : null;
}

/** Whether a paragraph is a header: its first line is an entry, and one of its keys is known. */
export function isHeader(paragraph: string): boolean {
  const entries = paragraph.split('\n').map((line) => entry(line.trim()));
  const [first] = entries;
  return (
    first !== undefined &&
    first !== null &&
    entries.some((found) => found !== null && KNOWN_KEYS.has(found.key))
  );
}

/** A header closed by `---` looks like a heading. */
export function isUnderlinedHeader(heading: string): boolean {
  const lines = heading.trimEnd().split('\n');
  const underline = lines.pop() ?? '';
  return lines.length > 0 && underline.trimStart().startsWith('-') && isHeader(lines.join('\n'));
}
