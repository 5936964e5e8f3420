/** A poll while a facilitator writes it. It is kept by the browser until it is asked. */
import type { PollForm, PollKind } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';

/** Characters of a question and of an option. */
export const QUESTION_MAX = 300;
export const LABEL_MAX = 120;
/** Options a choice may have. */
export const OPTIONS_MIN = 2;
export const OPTIONS_MAX = 12;
/** How far a scale may go. */
export const SCALES: readonly number[] = [2, 3, 4, 5, 6, 7, 8, 9, 10];

const USUAL_SCALE = 5;

/** An option with an id of its own, so that its field stays when the order changes. */
export interface DraftOption {
  readonly id: number;
  readonly text: string;
}

interface Kept {
  kind: PollKind;
  question: string;
  options: string[];
  max: number;
  low: string;
  high: string;
}

const EMPTY: Kept = {
  kind: 'single',
  question: '',
  options: ['', ''],
  max: USUAL_SCALE,
  low: '',
  high: '',
};

export class PollDraft {
  kind = $state<PollKind>(EMPTY.kind);
  question = $state(EMPTY.question);
  options = $state.raw<readonly DraftOption[]>([]);
  max = $state(EMPTY.max);
  low = $state(EMPTY.low);
  high = $state(EMPTY.high);

  readonly #key: string;
  #nextId = 1;

  readonly isChoice = $derived(this.kind === 'single' || this.kind === 'multiple');
  /** Written options; empty fields count for nothing. */
  readonly #written = $derived(this.options.map(({ text }) => text.trim()).filter(Boolean));
  readonly hasTwins = $derived(new Set(this.#written).size < this.#written.length);

  /** What would be asked, as far as it is written. */
  readonly form: PollForm = $derived.by(() => {
    const form = { question: this.question.trim(), kind: this.kind };
    if (this.isChoice) return { ...form, options: this.#written };
    if (this.kind !== 'scale') return form;
    const low = this.low.trim();
    const high = this.high.trim();
    const scale = { max: this.max, ...(low && { low }), ...(high && { high }) };
    return { ...form, scale };
  });

  /** Whether it can be asked. */
  readonly isReady = $derived(
    this.form.question !== '' &&
      (!this.isChoice || (this.#written.length >= OPTIONS_MIN && !this.hasTwins)),
  );

  constructor(workshop: string) {
    this.#key = `poll-draft.${workshop}`;
    this.#take(parse(storage.read(this.#key)) ?? EMPTY);
  }

  /** Keeps it in the browser; called whenever it has changed. */
  keep(): void {
    const { kind, question, max, low, high } = this;
    const options = this.options.map(({ text }) => text);
    storage.write(this.#key, JSON.stringify({ kind, question, options, max, low, high }));
  }

  clear(): void {
    this.#take(EMPTY);
    storage.remove(this.#key);
  }

  /** An option more behind a place; its id, unless there are enough. */
  addOption(behind: number): number | null {
    if (this.options.length >= OPTIONS_MAX) return null;
    const added = this.#option('');
    const before = this.options.slice(0, behind + 1);
    this.options = [...before, added, ...this.options.slice(behind + 1)];
    return added.id;
  }

  removeOption(id: number): void {
    if (this.options.length > OPTIONS_MIN) {
      this.options = this.options.filter((option) => option.id !== id);
    }
  }

  changeOption(id: number, text: string): void {
    this.options = this.options.map((option) => (option.id === id ? { id, text } : option));
  }

  /** One place up or down; whether it moved. */
  moveOption(id: number, by: -1 | 1): boolean {
    const at = this.options.findIndex((option) => option.id === id);
    const [moving, other] = [this.options[at], this.options[at + by]];
    if (moving === undefined || other === undefined) return false;
    this.options = this.options.map((option) =>
      option === moving ? other : option === other ? moving : option,
    );
    return true;
  }

  #option(text: string): DraftOption {
    const id = this.#nextId;
    this.#nextId += 1;
    return { id, text };
  }

  #take(kept: Kept): void {
    this.kind = kept.kind;
    this.question = kept.question;
    this.options = kept.options.map((text) => this.#option(text));
    this.max = kept.max;
    this.low = kept.low;
    this.high = kept.high;
  }
}

function parse(text: string | null): Kept | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isKept(value) ? value : null;
  } catch {
    return null;
  }
}

function isKept(value: unknown): value is Kept {
  return (
    typeof value === 'object' &&
    value !== null &&
    'options' in value &&
    Array.isArray(value.options) &&
    value.options.length >= OPTIONS_MIN &&
    Object.keys(EMPTY).every((key) => key in value)
  );
}
