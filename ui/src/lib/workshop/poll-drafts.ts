/** Answers to polls that were begun and not sent, as the browser keeps them. */
import type { PollAnswer } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';

const keyOf = (workshop: string): string => `draft.polls.${workshop}`;

/** The begun answers, by poll. */
export function readPollDrafts(workshop: string): ReadonlyMap<number, PollAnswer> {
  try {
    // Written below.
    return new Map(JSON.parse(storage.read(keyOf(workshop)) ?? '[]') as [number, PollAnswer][]);
  } catch {
    return new Map();
  }
}

export function writePollDrafts(workshop: string, drafts: ReadonlyMap<number, PollAnswer>): void {
  if (drafts.size === 0) storage.remove(keyOf(workshop));
  else storage.write(keyOf(workshop), JSON.stringify([...drafts]));
}
