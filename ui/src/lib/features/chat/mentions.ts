/** "@Ada" in what people write. */
import type { Person } from '$lib/api/wire';
import { personName } from '$lib/workshop/person-name';

export type MentionSegment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mention'; readonly text: string; readonly person: Person };

/** A mention that is being written: what stands behind the sign, and where the sign stands. */
export interface MentionQuery {
  readonly at: number;
  readonly term: string;
}

/** The server's limit. */
export const MOST_MENTIONS = 20;

const SIGN = '@';
/** Longer than this nobody searches. */
const LONGEST_TERM = 40;
const BEFORE = /[\p{L}\p{N}_]$/u;
/** Letters that run on from one word into the next; a particle follows a Korean name at once. */
const RUNS_ON = /^[\p{L}\p{N}_]/u;
const STANDS_ALONE = /^[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A text in pieces; together they are the text again. */
export function splitMentions(text: string, people: readonly Person[]): MentionSegment[] {
  const names = people
    .map((person) => ({ person, name: personName(person) }))
    // "Ada ·2" before "Ada".
    .sort((a, b) => b.name.length - a.name.length);
  const segments: MentionSegment[] = [];
  let done = 0;
  let from = 0;
  for (;;) {
    const at = text.indexOf(SIGN, from);
    if (at < 0) break;
    from = at + 1;
    if (BEFORE.test(text.slice(0, at))) continue;
    const found = names.find(({ name }) => standsAt(text, at + 1, name));
    if (found === undefined) continue;
    if (at > done) segments.push({ kind: 'text', text: text.slice(done, at) });
    done = at + 1 + found.name.length;
    from = done;
    segments.push({ kind: 'mention', text: text.slice(at, done), person: found.person });
  }
  if (done < text.length) segments.push({ kind: 'text', text: text.slice(done) });
  return segments;
}

/** A name as typed: in whatever case, and with any kind of space. */
const plain = (text: string): string => text.toLowerCase().replaceAll('\u00a0', ' ');

function standsAt(text: string, at: number, name: string): boolean {
  if (plain(text.slice(at, at + name.length)) !== plain(name)) return false;
  const next = text.slice(at + name.length);
  return !RUNS_ON.test(next) || STANDS_ALONE.test(next);
}

/** The seats of those whom a text calls by name. */
export function mentionedSeats(text: string, people: readonly Person[]): number[] {
  const seats = splitMentions(text, people).flatMap((segment) =>
    segment.kind === 'mention' ? [segment.person.seat] : [],
  );
  return [...new Set(seats)].slice(0, MOST_MENTIONS);
}

/** The mention that is being written where the cursor stands; `null` if there is none. */
export function mentionQuery(text: string, cursor: number): MentionQuery | null {
  const before = text.slice(0, cursor);
  const at = before.lastIndexOf(SIGN);
  if (at < 0 || BEFORE.test(before.slice(0, at))) return null;
  const term = before.slice(at + 1);
  // Names have spaces, but nobody searches on after two of them.
  if (term.length > LONGEST_TERM || /[\n@]|^\s|\s.*\s/u.test(term)) return null;
  return { at, term };
}

/** Who could be meant, best first. */
export function suggestions(people: readonly Person[], term: string, most: number): Person[] {
  const wanted = plain(term);
  const rank = (person: Person): number => {
    const name = plain(personName(person));
    if (name.startsWith(wanted)) return 0;
    if (name.split(' ').some((word) => word.startsWith(wanted))) return 1;
    return name.includes(wanted) ? 2 : 3;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .filter((found) => found.rank < 3)
    .sort((a, b) => a.rank - b.rank || byName(a.person, b.person))
    .slice(0, most)
    .map(({ person }) => person);
}

/** Facilitators first: it is mostly them who are called. */
function byName(a: Person, b: Person): number {
  if (a.role !== b.role) return a.role === 'facilitator' ? -1 : 1;
  return personName(a).localeCompare(personName(b));
}

/** The text with a mention written out, and where the cursor stands then. */
export function completed(
  text: string,
  { at, term }: MentionQuery,
  person: Person,
): { text: string; cursor: number } {
  const after = text.slice(at + 1 + term.length);
  const written = `${text.slice(0, at)}${SIGN}${personName(person)}${after.startsWith(' ') ? '' : ' '}`;
  return { text: written + after, cursor: written.length + (after.startsWith(' ') ? 1 : 0) };
}
