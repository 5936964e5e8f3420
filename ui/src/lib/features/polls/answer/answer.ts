/** An answer while somebody makes it up. */
import type { PollAnswer, PollForm } from '$lib/api/wire';

/** Characters of an answer in one's own words. */
export const TEXT_MAX = 500;
/** Characters of a word for the cloud, and words one may give. */
export const WORD_MAX = 40;
export const WORDS = 3;

/** The answer as it can be sent; nothing while it is not one yet. */
export function finished(form: PollForm, answer: PollAnswer | undefined): PollAnswer | null {
  if (answer === undefined) return null;
  switch (form.kind) {
    case 'single':
    case 'multiple': {
      const options = [...(answer.options ?? [])].sort((a, b) => a - b);
      return options.length > 0 ? { options } : null;
    }
    case 'scale':
      return answer.scale === undefined ? null : { scale: answer.scale };
    case 'text': {
      const text = answer.text?.trim() ?? '';
      return text !== '' && Array.from(text).length <= TEXT_MAX ? { text } : null;
    }
    case 'words': {
      const words = (answer.words ?? []).map((word) => word.trim()).filter(Boolean);
      return words.length > 0 ? { words } : null;
    }
  }
}

export function isSame(
  a: PollAnswer | null | undefined,
  b: PollAnswer | null | undefined,
): boolean {
  return JSON.stringify(parts(a)) === JSON.stringify(parts(b));
}

function parts(answer: PollAnswer | null | undefined): unknown {
  return answer && [answer.options, answer.scale, answer.text, answer.words];
}
