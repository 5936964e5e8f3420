/** How large the words of a cloud are. */
import type { WordCount } from '$lib/api/wire';

export interface CloudWord extends WordCount {
  /** Size in parts of the cloud's own. */
  em: number;
  /** Whether no word was given more often. */
  leads: boolean;
}

const SMALLEST_EM = 0.8;
const LARGEST_EM = 2.6;

/**
 * The words by the alphabet, so that each stays in its place while the counts grow. The area of a
 * word follows its count; while all are equal none is large.
 */
export function cloudOf(words: readonly WordCount[], locale: string): CloudWord[] {
  const most = Math.max(1, ...words.map(({ times }) => times));
  const em = (times: number): number =>
    most === 1 ? 1 : SMALLEST_EM + (LARGEST_EM - SMALLEST_EM) * Math.sqrt((times - 1) / (most - 1));
  const order = new Intl.Collator(locale);
  return words
    .map(({ word, times }) => ({ word, times, em: em(times), leads: most > 1 && times === most }))
    .sort((a, b) => order.compare(a.word, b.word));
}

/** Characters of the text around that a cloud may cover: on a page, and on a wall. */
const AREA = { page: 130, wall: 520 };

/** The cloud's own size: many or long words are smaller. In parts of the text around. */
export function cloudSize(words: readonly CloudWord[], place: keyof typeof AREA): number {
  const area = words.reduce(
    (sum, { word, em }) => sum + (Array.from(word).length + 2) * em * em,
    0,
  );
  return Math.min(2.2, Math.max(0.75, Math.sqrt(AREA[place] / Math.max(1, area))));
}
