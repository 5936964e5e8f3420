/**
 * What is being written in one thread. Its text survives closing, reloading and losing the network;
 * what was sent and refused comes back here.
 */
import { problemText } from '$lib/api/problems';
import { uploadPicture } from '$lib/api/pictures';
import type { Message, Picture, Problem } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';
import { m } from '$lib/paraglide/messages';

import { redrawn } from './picture-file';

/** What a message is made of when it leaves. */
export interface Written {
  readonly text: string;
  readonly replyTo?: number | undefined;
  readonly picture?: Picture | undefined;
}

/** A picture on its way: the part that is uploaded, 0 to 1. */
export type Upload = { readonly part: number } | null;

export class Draft {
  readonly #workshop: string;
  readonly #key: string;
  #text = $state('');
  /** The message that is answered. */
  replyTo = $state.raw<Message | null>(null);
  picture = $state.raw<Picture | null>(null);
  upload = $state.raw<Upload>(null);
  /** Why something was not taken. */
  error = $state<string>();
  /** Which upload is the current one: an older one no longer counts. */
  #uploads = 0;

  constructor(workshop: string, key: string) {
    this.#workshop = workshop;
    this.#key = key;
    this.#text = storage.read(key) ?? '';
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    if (text === '') storage.remove(this.#key);
    else storage.write(this.#key, text);
  }

  /** Whether there is anything to send, and nothing to wait for. */
  get isReady(): boolean {
    return this.upload === null && (this.text.trim() !== '' || this.picture !== null);
  }

  /** Takes out what was written. */
  take(): Written {
    const written = {
      text: this.text,
      ...(this.replyTo && { replyTo: this.replyTo.id }),
      ...(this.picture && { picture: this.picture }),
    };
    this.text = '';
    this.replyTo = null;
    this.picture = null;
    this.error = undefined;
    return written;
  }

  /** Nothing that was typed is lost by a refusal: it stands before what was typed since. */
  giveBack({ text, picture }: Written, problem: Problem, replyTo?: Message): void {
    this.error = problemText(problem);
    this.text = this.text.trim() === '' ? text : `${text}\n\n${this.text}`;
    this.picture ??= picture ?? null;
    this.replyTo ??= replyTo ?? null;
  }

  /** Makes a picture small, uploads it, and keeps it for the message. */
  async addPicture(file: Blob): Promise<void> {
    this.#uploads += 1;
    const upload = this.#uploads;
    this.error = undefined;
    this.picture = null;
    this.upload = { part: 0 };
    const picture = await redrawn(file);
    if (upload !== this.#uploads) return;
    if (picture === null) {
      this.upload = null;
      this.error = m.problem_not_a_picture();
      return;
    }
    const answer = await uploadPicture(this.#workshop, picture, (part) => {
      if (upload === this.#uploads) this.upload = { part };
    });
    if (upload !== this.#uploads) return;
    this.upload = null;
    if (answer.ok) this.picture = answer.value;
    else this.error = problemText(answer.problem);
  }

  removePicture(): void {
    this.#uploads += 1;
    this.upload = null;
    this.picture = null;
  }
}
