/** A text that somebody is writing: it outlives its field, a reload, and losing the network. */
import * as storage from './storage';

export class Draft {
  readonly #key: string;
  #text: string;

  /** @param key what is being written, and where; the same key is the same draft */
  constructor(key: string) {
    this.#key = `draft.${key}`;
    this.#text = $state(storage.read(this.#key) ?? '');
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    if (text === '') storage.remove(this.#key);
    else storage.write(this.#key, text);
  }
}
