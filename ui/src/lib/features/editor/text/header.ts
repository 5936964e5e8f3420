/** What a codelab's text says about itself, to be read and changed in place. */
import { hasWords } from './guide';
import { entry, frontMatter, isHeader, isUnderlinedHeader } from './header-lines';
import { blocks, lineEnd, lineStart, type Block } from './outline';
import type { TextChange } from './steps';

/** The fields of the form, as the author wrote them. */
export interface Header {
  title: string;
  summary: string;
  authors: string;
  tags: string;
  language: string;
  feedbackLink: string;
  /** What it takes to complete the codelab beside all steps: `quiz, feedback`. */
  required: string;
}

type Field = Exclude<keyof Header, 'title'>;

/** The keys of a field, the preferred one first. */
const KEYS: Record<Field, readonly string[]> = {
  summary: ['summary'],
  authors: ['authors', 'author'],
  tags: ['tags'],
  language: ['language', 'lang'],
  feedbackLink: ['feedback_link'],
  required: ['required'],
};

/** How a key that is not there yet is written. */
const SPELLING: Record<Field, string> = {
  summary: 'summary',
  authors: 'authors',
  tags: 'tags',
  language: 'language',
  feedbackLink: 'feedback link',
  required: 'required',
};

const FIELDS = Object.keys(KEYS) as Field[];

/** A `key: value` with the lines that go on with it. */
interface Entry {
  readonly key: string;
  /** The key as it is written, with its colon. */
  readonly written: string;
  readonly from: number;
  /** Behind the break of its last line. */
  readonly to: number;
  readonly value: string;
}

interface Reading {
  readonly entries: readonly Entry[];
  /** Where a new entry goes; `null` when there is no header. */
  readonly end: number | null;
  /** The words of the title, where they are a heading. */
  readonly heading: { readonly from: number; readonly to: number } | null;
  /** The text in front of the first step. */
  readonly isInFrontMatter: boolean;
}

/** What the header says. */
export function readHeader(source: string): Header {
  const reading = read(source);
  const value = (keys: readonly string[]): string => find(reading.entries, keys)?.value ?? '';
  const { heading } = reading;
  return {
    title: heading ? source.slice(heading.from, heading.to) : value(['title']),
    summary: value(KEYS.summary),
    authors: listed(value(KEYS.authors)),
    tags: listed(value(KEYS.tags)),
    language: value(KEYS.language),
    feedbackLink: address(value(KEYS.feedbackLink)),
    required: listed(value(KEYS.required)),
  };
}

/** The changes that make the header say something else; what is the same stays as it is written. */
export function writeHeader(source: string, next: Header): TextChange[] {
  const before = readHeader(source);
  const reading = read(source);
  const changes: TextChange[] = [];
  const added: string[] = [];
  for (const field of FIELDS) {
    const value = oneLine(next[field]);
    if (value === oneLine(before[field])) continue;
    const found = find(reading.entries, KEYS[field]);
    if (!found) {
      if (value !== '') added.push(`${SPELLING[field]}: ${value}\n`);
    } else {
      const insert = value === '' ? '' : `${found.written} ${value}\n`;
      changes.push({ from: found.from, to: found.to, insert });
    }
  }
  const title = oneLine(next.title);
  if (title !== '' && title !== oneLine(before.title)) {
    changes.push(...titleChanges(source, reading, title, added));
  }
  if (added.length > 0) changes.push(addedEntries(source, reading, added));
  return changes.toSorted((a, b) => a.from - b.from || a.to - b.to);
}

function titleChanges(
  source: string,
  reading: Reading,
  title: string,
  added: string[],
): TextChange[] {
  if (reading.heading) return [{ ...reading.heading, insert: title }];
  const found = find(reading.entries, ['title']);
  if (found) return [{ from: found.from, to: found.to, insert: `${found.written} ${title}\n` }];
  if (reading.end === null && added.length === 0) {
    return [{ from: 0, to: 0, insert: `# ${title}\n\n` }];
  }
  added.push(`title: ${title}\n`);
  return [];
}

/** Where new entries go: behind the last one, else into front matter of their own. */
function addedEntries(
  source: string,
  { end, isInFrontMatter }: Reading,
  added: string[],
): TextChange {
  const text = added.join('');
  if (end === null) return { from: 0, to: 0, insert: `---\n${text}---\n\n` };
  const isOpen = end > 0 && source[end - 1] !== '\n' && !isInFrontMatter;
  return { from: end, to: end, insert: isOpen ? `\n${text.trimEnd()}` : text };
}

function read(source: string): Reading {
  const front = frontMatter(source);
  const all = blocks(source);
  const first = all.findIndex(
    ({ name, from, to }) =>
      (name === 'ATXHeading2' || name === 'SetextHeading2') &&
      !isUnderlinedHeader(source.slice(from, to)),
  );
  const preamble = first < 0 ? all : all.slice(0, first);
  const entries = front ? entriesIn(source, front.lines.from, front.lines.to) : [];
  let end = front ? front.lines.to : null;
  let [titleSeen, wordsSeen] = [false, false];
  for (const block of preamble) {
    titleSeen ||= block.name === 'ATXHeading1' || block.name === 'SetextHeading1';
    // Behind title, header and words of a guide, `Note: this` is a sentence.
    const isOver = titleSeen && wordsSeen && entries.length > 0;
    const range = isOver && block.name === 'Paragraph' ? null : headerRange(source, block);
    wordsSeen ||= range === null && hasWords(source, block);
    if (range === null) continue;
    const found = entriesIn(source, range.from, range.to);
    entries.push(...found);
    if (!front) end = found.at(-1)?.to ?? end;
  }
  const title = all.find(({ name }) => name === 'ATXHeading1' || name === 'SetextHeading1');
  return {
    entries,
    end,
    heading: title ? headingWords(source, title) : null,
    isInFrontMatter: front !== null,
  };
}

/** The lines of a block that is a header. */
function headerRange(
  source: string,
  { name, from, to }: Block,
): { from: number; to: number } | null {
  const text = source.slice(from, to);
  if (name === 'Paragraph' && isHeader(text)) return { from: lineStart(source, from), to };
  if (name !== 'SetextHeading2' || !isUnderlinedHeader(text)) return null;
  return { from: lineStart(source, from), to: from + text.trimEnd().lastIndexOf('\n') + 1 };
}

function entriesIn(source: string, from: number, to: number): Entry[] {
  const entries: Entry[] = [];
  for (let at = from; at < to;) {
    const end = Math.min(lineEnd(source, at), to);
    const next = Math.min(lineEnd(source, at) + 1, source.length);
    const line = source.slice(at, end);
    const nested = /^[ \t]/.test(line) && entries.length > 0;
    const found = nested || /^\s*#/.test(line) ? null : entry(line.trim());
    const last = entries.at(-1);
    if (found) {
      const written = line.slice(0, line.indexOf(':') + 1);
      entries.push({ ...found, written, from: at, to: next, value: unquote(found.value) });
    } else if (last && line.trim() !== '' && !/^\s*#/.test(line)) {
      entries[entries.length - 1] = { ...last, to: next, value: goOn(last.value, line.trim()) };
    }
    at = end + 1;
  }
  return entries;
}

/** Front matter may fold a value over lines or write it as a list of `- item` lines. */
function goOn(value: string, line: string): string {
  const item = line.startsWith('- ') ? line.slice(2) : null;
  const before = /^[>|]-?$/.test(value) ? '' : value;
  const separator = item === null ? ' ' : ', ';
  return (before === '' ? '' : before + separator) + (item ?? line);
}

/** The first of a field's keys that has a value: the first value of a key stays. */
function find(entries: readonly Entry[], keys: readonly string[]): Entry | undefined {
  for (const key of keys) {
    const all = entries.filter((found) => found.key === key);
    const found = all.find(({ value }) => value !== '') ?? all[0];
    if (found) return found;
  }
  return undefined;
}

function headingWords(source: string, { name, from, to }: Block): { from: number; to: number } {
  const text = source.slice(from, to);
  if (name === 'SetextHeading1') {
    const words = text.trimEnd();
    return { from, to: from + words.slice(0, words.lastIndexOf('\n')).trimEnd().length };
  }
  const start = /^#[ \t]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(start).replace(/(?:[ \t]+#+)?[ \t]*$/, '');
  return { from: from + start, to: from + start + rest.length };
}

function unquote(value: string): string {
  const quoted = /^(["'])([^"']*)\1$/.exec(value);
  return quoted?.[2]?.trim() ?? value;
}

/** `[a, b]` as `a, b`. */
function listed(value: string): string {
  const inner = /^\[(.*)\]$/.exec(value)?.[1];
  if (inner === undefined) return value;
  return inner
    .split(',')
    .map((item) => unquote(item.trim().replace(/^u(?=["'])/, '')))
    .join(', ');
}

/** The address in `<https://…>` or `[words](https://…)`. */
function address(value: string): string {
  return /^<(.*)>$/.exec(value)?.[1] ?? /^\[[^\]]*\]\((.*)\)$/.exec(value)?.[1] ?? value;
}

const oneLine = (value: string): string => value.replace(/\s+/g, ' ').trim();
