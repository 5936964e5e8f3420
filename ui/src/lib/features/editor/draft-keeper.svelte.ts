/**
 * Keeps what is being written: on the server, and in this browser for as long as the server has not
 * said that it has it. A keystroke is durable within two seconds, however fast the next one comes.
 */
import { saveDraft } from '$lib/api/authoring';
import type { Result } from '$lib/api/result';
import type { DraftKept, Problem } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';

/** From a keystroke to its request. Later keystrokes do not put it off. */
const SAVE_AFTER_MS = 800;

/** The first wait after a failure; it doubles up to the longest. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 4000;

/** What `keepalive` can carry, in bytes; the browser refuses more. */
const KEEPALIVE_BYTES = 60_000;

/** A text and the revision that it goes on from. */
export interface Draft {
  readonly base: number;
  readonly source: string;
}

export type DraftState =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly atMs: number }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** The server's side. */
export type SaveDraft = (
  codelab: string,
  draft: Draft,
  isLeaving?: boolean,
) => Promise<Result<DraftKept>>;

export class DraftKeeper {
  state = $state.raw<DraftState>({ kind: 'nothing' });

  readonly #codelab: string;
  readonly #save: SaveDraft;
  /** The newest text that nobody else has yet. */
  #unsaved: Draft | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #inFlight: Promise<void> | null = null;
  #retryMs = RETRY_MS;
  #isHeld = false;

  constructor(codelab: string, save: SaveDraft = saveDraft) {
    this.#codelab = codelab;
    this.#save = save;
  }

  /** What this browser still holds from before, because the server never confirmed it. */
  static remembered(codelab: string): (Draft & { atMs: number }) | null {
    try {
      const value: unknown = JSON.parse(storage.read(key(codelab)) ?? 'null');
      if (typeof value !== 'object' || value === null) return null;
      const { base, source, atMs } = value as Record<string, unknown>;
      if (typeof base !== 'number' || typeof source !== 'string') return null;
      return { base, source, atMs: typeof atMs === 'number' ? atMs : 0 };
    } catch {
      return null;
    }
  }

  /** The text on screen is a draft that the server has. */
  isKept(atMs: number): void {
    this.state = { kind: 'saved', atMs };
  }

  /** Whether there is text that only this page has. */
  get isDurable(): boolean {
    return this.#unsaved === null;
  }

  /** The text changed. */
  change(draft: Draft): void {
    this.#unsaved = draft;
    if (this.state.kind !== 'failed') this.state = { kind: 'saving' };
    if (this.#isHeld) this.#remember(draft);
    else if (this.#timer === undefined && this.#inFlight === null) this.#schedule(SAVE_AFTER_MS);
  }

  /** Sends what is unsaved now; done when it was answered. */
  async flush(): Promise<void> {
    while (this.#inFlight !== null) await this.#inFlight;
    this.#stopTimer();
    if (this.#unsaved !== null) await this.#send();
  }

  /**
   * Sends what is unsaved, and then nothing until {@link release}: while a text becomes a revision,
   * a draft of it must not arrive behind it.
   */
  async hold(): Promise<void> {
    this.#isHeld = true;
    await this.flush();
    this.#stopTimer();
  }

  release(): void {
    this.#isHeld = false;
    if (this.#unsaved !== null && this.#timer === undefined) this.#schedule(SAVE_AFTER_MS);
  }

  /**
   * The page may be going away: what is unsaved goes out as the browser allows. A text too long for
   * that goes out too, and arrives when only this page of the app is left; else it is found here.
   */
  leave(): void {
    const draft = this.#unsaved;
    if (draft === null) return;
    this.#remember(draft);
    void this.#save(this.#codelab, draft, new Blob([draft.source]).size <= KEEPALIVE_BYTES);
  }

  /** The text became a revision, or was thrown away: there is no draft any more. */
  forget(): void {
    this.#stopTimer();
    this.#unsaved = null;
    this.state = { kind: 'nothing' };
    storage.remove(key(this.#codelab));
  }

  /** The server may be there again. */
  hurry(): void {
    if (this.state.kind !== 'failed' || this.#inFlight !== null) return;
    this.#stopTimer();
    void this.#send();
  }

  stop(): void {
    this.#stopTimer();
  }

  #schedule(ms: number): void {
    if (this.#isHeld) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.#send();
    }, ms);
  }

  #stopTimer(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #send(): Promise<void> {
    const draft = this.#unsaved;
    if (draft === null) return Promise.resolve();
    this.#remember(draft);
    const sending = this.#save(this.#codelab, draft).then((answer) => {
      this.#inFlight = null;
      this.#take(draft, answer);
    });
    this.#inFlight = sending;
    return sending;
  }

  #take(draft: Draft, answer: Result<DraftKept>): void {
    // Forgotten while it was on its way.
    if (this.#unsaved === null) return;
    if (!answer.ok) {
      this.state = { kind: 'failed', problem: answer.problem };
      this.#schedule(this.#retryMs);
      this.#retryMs = Math.min(this.#retryMs * 2, LONGEST_RETRY_MS);
      return;
    }
    this.#retryMs = RETRY_MS;
    if (this.#unsaved === draft) {
      this.#unsaved = null;
      this.state = { kind: 'saved', atMs: answer.value.savedAtMs };
      storage.remove(key(this.#codelab));
    } else {
      this.state = { kind: 'saving' };
      this.#schedule(SAVE_AFTER_MS);
    }
  }

  #remember(draft: Draft): void {
    storage.write(key(this.#codelab), JSON.stringify({ ...draft, atMs: Date.now() }));
  }
}

const key = (codelab: string): string => `writing.${codelab}`;
