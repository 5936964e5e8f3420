/** Texts that were begun and not sent: of them, those that can no longer be finished. */
import type { Snapshot } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';
import { m } from '$lib/paraglide/messages';
import { readPollDrafts, writePollDrafts } from '$lib/workshop/poll-drafts';

import { answeredPoll } from './words';

export interface StoredDraft {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  /** Forgets it. */
  remove: () => void;
  /** Keeps it after all. */
  restore: () => void;
}

/** What was begun in a workshop; only begun answers to closed polls while it goes on. */
export function lostDrafts(
  workshop: string,
  snapshot: Snapshot | null,
  isOver: boolean,
): StoredDraft[] {
  const texts = isOver ? textDrafts(workshop) : [];
  return [...texts, ...pollDrafts(workshop, snapshot, isOver)];
}

function textDrafts(workshop: string): StoredDraft[] {
  const direct = storage.keys(`draft.${workshop}.`);
  const found = [
    { key: `draft.${workshop}`, title: m.undelivered_draft() },
    ...direct.map((key) => ({ key, title: m.undelivered_draft_direct() })),
    { key: `draft.help.${workshop}`, title: m.undelivered_draft_help() },
    { key: `draft.announce.${workshop}`, title: m.undelivered_draft_announcement() },
  ];
  return found.flatMap(({ key, title }) => {
    const text = storage.read(key) ?? '';
    const remove = () => {
      storage.remove(key);
    };
    const restore = () => void storage.write(key, text);
    return text.trim() === '' ? [] : [{ key, title, text, remove, restore }];
  });
}

function pollDrafts(workshop: string, snapshot: Snapshot | null, isOver: boolean): StoredDraft[] {
  const drafts = readPollDrafts(workshop);
  return [...drafts].flatMap(([poll, answer]) => {
    const isOpen = snapshot?.polls?.find(({ id }) => id === poll)?.open ?? false;
    const { title, text } = answeredPoll(poll, answer, snapshot);
    if ((isOpen && !isOver) || text.trim() === '') return [];
    const change = (changed: (kept: Map<number, typeof answer>) => unknown) => {
      const kept = new Map(readPollDrafts(workshop));
      changed(kept);
      writePollDrafts(workshop, kept);
    };
    const remove = () => {
      change((kept) => kept.delete(poll));
    };
    const restore = () => {
      change((kept) => kept.set(poll, answer));
    };
    return [{ key: `poll ${String(poll)}`, title, text, remove, restore }];
  });
}
