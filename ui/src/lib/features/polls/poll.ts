/** What the screens of a poll share. */
import type { Poll, PollForm, PollKind, PollResult } from '$lib/api/wire';
import { m } from '$lib/paraglide/messages';

export const KINDS: readonly PollKind[] = ['single', 'multiple', 'scale', 'text', 'words'];

const KIND_WORDS: Record<PollKind, () => string> = {
  single: m.polls_kind_single,
  multiple: m.polls_kind_multiple,
  scale: m.polls_kind_scale,
  text: m.polls_kind_text,
  words: m.polls_kind_words,
};

export const kindWords = (kind: PollKind): string => KIND_WORDS[kind]();

/** Nobody has answered. */
export const noAnswers = (poll: Poll): PollResult => ({
  poll: poll.id,
  people: 0,
  counts: [],
  texts: [],
  words: [],
});

/** What may be shown to the room: nothing while a poll is not revealed, whatever is known of it. */
export function shownResult(
  poll: Poll,
  results: ReadonlyMap<number, PollResult>,
): PollResult | null {
  return poll.revealed ? (results.get(poll.id) ?? noAnswers(poll)) : null;
}

/** The open one first, then the newest. */
export function inOrder(polls: readonly Poll[]): readonly Poll[] {
  return [...polls].sort((a, b) => Number(b.open) - Number(a.open) || b.id - a.id);
}

/** Whether two polls ask the same. */
export function asksTheSame(a: PollForm, b: PollForm): boolean {
  return JSON.stringify(parts(a)) === JSON.stringify(parts(b));
}

function parts({ question, kind, options, scale }: PollForm): unknown {
  return [question, kind, options ?? [], scale?.max, scale?.low, scale?.high];
}

/** "7 of 12 answered"; people who answered and left are counted among those who could. */
export function answeredWords(people: number, online: number): string {
  return m.polls_answered({ people, of: Math.max(people, online) });
}
