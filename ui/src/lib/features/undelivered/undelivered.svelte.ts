/**
 * What somebody wrote or did in a workshop and the server will not take: commands that were
 * refused, commands of a seat that this browser no longer has, and texts that can no longer be
 * finished. All of it stays in the browser until it is delivered or dismissed.
 */
import { outboxKeys, storedCommands, type PendingCommand } from '$lib/connection/outbox';
import * as storage from '$lib/browser/storage';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';
import { m } from '$lib/paraglide/messages';

import { lostDrafts } from './drafts';
import { canRepeat, isMissed, repeatable } from './kept';
import { described, reasonText } from './words';

export interface UndeliveredItem {
  readonly key: string;
  readonly title: string;
  readonly text: string;
  readonly reason: string;
  /** When it was given; milliseconds since the Unix epoch. Drafts have no time. */
  readonly atMs?: number | undefined;
  /** Gives it once more, where that can succeed. */
  readonly sendAgain?: (() => void) | undefined;
  readonly dismiss: () => void;
  readonly restore: () => void;
}

/** What can be done with a command, wherever it is kept. */
interface Ways {
  dismiss: () => void;
  restore: () => void;
  /** Called when it was given again. */
  sent?: () => void;
}

export class Undelivered {
  readonly #id: string;
  /** Absent at the entrance, where this browser has no seat. */
  readonly #workshop: LiveWorkshop | undefined;
  /** Storage is no state: this changes with it. */
  #version = $state(0);

  readonly #hasSeat = $derived.by(
    () => this.#workshop !== undefined && this.#workshop.status !== 'no_seat',
  );
  readonly items: readonly UndeliveredItem[] = $derived.by(() => {
    dependOn(this.#version);
    return [...this.#commands(), ...this.#drafts()];
  });
  readonly count = $derived.by(() => this.items.length);

  constructor(id: string, workshop?: LiveWorkshop) {
    this.#id = id;
    this.#workshop = workshop;
  }

  /** Whether what is kept is lost when the page is closed: the browser stores nothing. */
  get isVolatile(): boolean {
    dependOn(this.#version, this.#workshop?.pending, this.#workshop?.refused);
    return storage.isVolatile(outboxKeys(this.#id)) || storage.isVolatile('draft.');
  }

  /** Forgets what nobody misses. */
  purge(): void {
    for (const command of this.#workshop?.refused ?? []) {
      if (!isMissed(command)) this.#workshop?.dismiss(command.id);
    }
  }

  #commands(): UndeliveredItem[] {
    const workshop = this.#workshop;
    const refused = (workshop?.refused ?? []).map((command) => this.#own(command));
    const own = new Set([...(workshop?.refused ?? []), ...(workshop?.pending ?? [])].map(idOf));
    const isKnown = workshop?.me !== null;
    const left = (isKnown ? storage.keys(outboxKeys(this.#id)) : []).flatMap((key) =>
      storedCommands(key)
        .filter(({ id }) => !own.has(id))
        .map((command) => this.#left(key, command)),
    );
    const waiting = this.#hasSeat ? [] : (workshop?.pending ?? []);
    const unsent = waiting.map((command) => this.#own(command));
    return [...left, ...refused, ...unsent].filter((item) => item !== null);
  }

  /** A command of this page's seat. */
  #own(command: PendingCommand): UndeliveredItem | null {
    return this.#item(command, {
      dismiss: () => this.#workshop?.dismiss(command.id),
      restore: () => this.#workshop?.restore(command),
    });
  }

  /** A command of a seat that this browser had before. */
  #left(key: string, command: PendingCommand): UndeliveredItem | null {
    const dismiss = (): void => {
      storage.remove(key);
      this.#version += 1;
    };
    return this.#item(command, {
      dismiss,
      sent: dismiss,
      restore: () => {
        storage.write(key, JSON.stringify(command));
        this.#version += 1;
      },
    });
  }

  #item(command: PendingCommand, ways: Ways): UndeliveredItem | null {
    if (!isMissed(command)) return null;
    const { id, body, sinceMs } = command;
    return {
      key: id,
      ...described(body, this.#workshop?.model?.snapshot ?? null),
      reason: reasonText(command),
      atMs: sinceMs,
      dismiss: ways.dismiss,
      restore: ways.restore,
      sendAgain: this.#canSendAgain(command)
        ? () => {
            // It waits under its own id before it leaves the seat that it was given in.
            void this.#workshop?.send(repeatable(command), id);
            ways.sent?.();
          }
        : undefined,
    };
  }

  #canSendAgain(command: PendingCommand): boolean {
    const workshop = this.#workshop;
    if (!workshop?.model || workshop.ended || !this.#hasSeat) return false;
    const { body } = command;
    const poll = body.type === 'answer_poll' ? body.poll : undefined;
    // A poll can be opened anew.
    if (workshop.model.snapshot.polls?.some(({ id, open }) => id === poll && open)) return true;
    return workshop.status !== 'outdated' && canRepeat(command);
  }

  #drafts(): UndeliveredItem[] {
    const workshop = this.#workshop;
    if (workshop && !workshop.model && this.#hasSeat) return [];
    const isOver = !this.#hasSeat || workshop?.ended === true;
    const snapshot = workshop?.model?.snapshot ?? null;
    return lostDrafts(this.#id, snapshot, isOver).map(({ key, title, text, remove, restore }) => ({
      key,
      title,
      text,
      reason: m.undelivered_reason_draft(),
      dismiss: () => {
        remove();
        this.#version += 1;
      },
      restore: () => {
        restore();
        this.#version += 1;
      },
    }));
  }
}

/** Names state that changes together with what is read from storage. */
function dependOn(..._state: unknown[]): void {
  // Reading it was all.
}

const idOf = ({ id }: PendingCommand): string => id;

/** All of it as one text, to copy or to save. */
export function asText(items: readonly UndeliveredItem[]): string {
  return items
    .map(({ title, text, reason }) => [title, text, `(${reason})`].filter(Boolean).join('\n'))
    .join('\n\n');
}
