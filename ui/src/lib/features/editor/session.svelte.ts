/**
 * One codelab being written: its text on screen, the revision it goes on from, what is kept of it,
 * and what it looks like. Every change of the text goes through the editor, so that it can be undone.
 */
import { EditorView } from '@codemirror/view';

import { codelabSource, discardDraft, revision, saveRevision } from '$lib/api/authoring';
import type { CodelabSource, Problem, Diagnostic } from '$lib/api/wire';

import { DraftKeeper } from './draft-keeper.svelte';
import { LivePreview } from './preview.svelte';
import { difference } from './text/difference';
import { conflictsIn, merge, resolved, type Part } from './text/merge';
import { BlockReader, stepAt, stepsAt, stepsOf } from './text/outline';
import type { Edit, TextChange } from './text/steps';

/** A revision with its text. */
export interface Base {
  readonly revision: number;
  readonly source: string;
}

/** A text that was found unfinished when the page was opened. */
export interface Found {
  readonly atMs: number;
  readonly base: number;
  readonly newest: number;
}

/** Somebody saved while we were writing, and the same lines are concerned. */
export interface OpenConflict {
  readonly newest: Base;
  /** Who saved it. */
  readonly by: string;
  readonly parts: readonly Part[];
}

export type SaveOutcome =
  | { readonly kind: 'saved'; readonly revision: number; readonly mergedWith: string | null }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** How often somebody may save between our look and our save before a person is asked. */
const MERGE_ATTEMPTS = 3;

export class WritingSession {
  readonly codelab: string;
  readonly keeper: DraftKeeper;
  readonly preview: LivePreview;

  status = $state<'loading' | 'ready' | 'failed'>('loading');
  problem = $state.raw<Problem | null>(null);
  source = $state.raw('');
  base = $state.raw<Base>({ revision: 0, source: '' });
  cursor = $state(0);
  found = $state.raw<Found | null>(null);
  isSaving = $state(false);
  conflict = $state.raw<OpenConflict | null>(null);
  savedAtMs = $state<number | null>(null);

  readonly #reader = new BlockReader();
  readonly blocks = $derived(this.#reader.read(this.source));
  readonly steps = $derived.by(() => {
    const answer = this.preview.answer;
    if (answer?.source !== this.source) return stepsOf(this.source, this.blocks);
    return stepsAt(
      this.source,
      answer.shown.steps.map(({ line }) => line),
    );
  });
  readonly step = $derived(stepAt(this.steps, this.cursor));
  readonly isChanged = $derived(this.source !== this.base.source);

  /** The language of the text, if it says. */
  readonly language = $derived.by(() => this.preview.answer?.shown.metadata.language);
  readonly title = $derived.by(() => this.preview.answer?.shown.metadata.title ?? '');

  /** What the server says about the text on screen; older remarks have the wrong lines. */
  readonly remarks: readonly Diagnostic[] = $derived.by(() => {
    const answer = this.preview.answer;
    return answer?.source === this.source ? answer.shown.diagnostics : [];
  });

  #view: EditorView | null = null;

  constructor(codelab: string) {
    this.codelab = codelab;
    this.keeper = new DraftKeeper(codelab);
    this.preview = new LivePreview(codelab);
  }

  /** Asks for the text, and takes up what was left unfinished. */
  async load(): Promise<void> {
    this.status = 'loading';
    const answer = await codelabSource(this.codelab);
    if (!answer.ok) {
      this.problem = answer.problem;
      this.status = 'failed';
      return;
    }
    this.problem = null;
    await this.#open(answer.value);
  }

  async #open({ revision: number, source, draft }: CodelabSource): Promise<void> {
    this.base = { revision: number, source: plain(source) };
    const local = DraftKeeper.remembered(this.codelab);
    const unfinished = local ?? (draft && { ...draft, atMs: draft.savedAtMs });
    this.source = this.base.source;
    if (unfinished && plain(unfinished.source) !== this.base.source) {
      if (unfinished.base !== number) {
        const old = await revision(this.codelab, unfinished.base);
        if (old.ok) this.base = { revision: unfinished.base, source: plain(old.value.source) };
      }
      this.source = plain(unfinished.source);
      this.found = { atMs: unfinished.atMs, base: unfinished.base, newest: number };
    }
    if (local && this.found) {
      this.keeper.change({ base: this.base.revision, source: this.source });
    } else if (local) {
      this.keeper.forget();
    } else if (this.found) {
      this.keeper.isKept(this.found.atMs);
    }
    this.preview.show(this.source);
    this.status = 'ready';
  }

  attach(view: EditorView): void {
    this.#view = view;
  }

  /** Somebody typed, or a command changed the text. */
  changed(source: string): void {
    if (source === this.source) return;
    this.source = source;
    this.preview.show(source);
    this.keeper.change({ base: this.base.revision, source });
  }

  /** Changes the text as one step of the editor's history. */
  edit(edit: Edit | null): boolean {
    if (!edit || !this.#view) return false;
    this.#view.dispatch({
      changes: edit.changes,
      selection: edit.selection,
      scrollIntoView: true,
      userEvent: 'input.structure',
    });
    return true;
  }

  /** The same for changes that leave the cursor where it is. */
  change(changes: readonly TextChange[]): void {
    if (changes.length > 0) this.#view?.dispatch({ changes, userEvent: 'input.structure' });
  }

  /** Replaces the whole text, changing only what differs. */
  replace(source: string): void {
    if (!this.#view || source === this.source) return;
    const { from, toA, toB } = difference(this.source, source);
    this.#view.dispatch({ changes: { from, to: toA, insert: source.slice(from, toB) } });
  }

  /** Puts the cursor somewhere and shows it. */
  goTo(at: number): void {
    this.#view?.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: 'start', yMargin: 24 }),
    });
  }

  focus(): void {
    this.#view?.focus();
  }

  /** Makes the text on screen the newest revision; merges with what others saved meanwhile. */
  async save(note?: string): Promise<SaveOutcome> {
    if (this.isSaving) return { kind: 'unchanged' };
    this.isSaving = true;
    await this.keeper.hold();
    try {
      return await this.#save(note);
    } finally {
      this.isSaving = false;
      this.keeper.release();
    }
  }

  /** Brings a newer revision into the text on screen; nothing of it is saved by that. */
  async bringIn(number: number, by: string): Promise<'merged' | 'conflict' | Problem> {
    const theirs = await revision(this.codelab, number);
    if (!theirs.ok) return theirs.problem;
    const newest = { revision: number, source: plain(theirs.value.source) };
    if (!this.isChanged) {
      this.adopt(newest);
      return 'merged';
    }
    return this.#mergeWith(newest, by) ? 'merged' : 'conflict';
  }

  /** Merges the text with a newer one, or asks; says whether nothing was to ask. */
  #mergeWith(newest: Base, by: string): boolean {
    const parts = merge(this.base.source, newest.source, this.source);
    if (conflictsIn(parts).length > 0) {
      this.conflict = { newest, by, parts };
      return false;
    }
    this.takeMerged(newest, resolved(parts, []) ?? this.source);
    return true;
  }

  async #save(note: string | undefined): Promise<SaveOutcome> {
    let mergedWith: string | null = null;
    for (let attempt = 0; attempt < MERGE_ATTEMPTS; attempt += 1) {
      const { source } = this;
      const answer = await saveRevision(this.codelab, {
        base: this.base.revision,
        source,
        ...(note === undefined || note === '' ? {} : { note }),
      });
      if (answer.ok) {
        this.#settle({ revision: answer.value.revision, source });
        return { kind: 'saved', revision: answer.value.revision, mergedWith };
      }
      const { conflict } = answer.problem;
      if (!conflict) return { kind: 'refused', problem: answer.problem };
      const theirs = await revision(this.codelab, conflict.newest);
      if (!theirs.ok) return { kind: 'refused', problem: theirs.problem };
      const newest = { revision: conflict.newest, source: plain(theirs.value.source) };
      mergedWith = conflict.savedBy ?? '';
      if (!this.#mergeWith(newest, mergedWith)) return { kind: 'conflict' };
    }
    return { kind: 'conflict' };
  }

  /** A text that goes on from the newest revision, out of a merge. */
  takeMerged(newest: Base, source: string): void {
    this.base = newest;
    this.conflict = null;
    this.replace(source);
    this.keeper.change({ base: newest.revision, source: this.source });
  }

  /** The text is what the server has as its newest revision. */
  adopt(newest: Base): void {
    this.replace(newest.source);
    this.#settle(newest);
  }

  #settle(saved: Base): void {
    this.base = saved;
    this.found = null;
    this.savedAtMs = Date.now();
    this.keeper.forget();
    // Typed while the request was on its way.
    if (this.source !== saved.source) {
      this.keeper.change({ base: saved.revision, source: this.source });
    }
  }

  /** Goes back to the newest revision; the text that was thrown away, to undo it. */
  async discard(): Promise<{ problem: Problem } | { thrownAway: string; base: Base }> {
    const before = { thrownAway: this.source, base: this.base };
    await this.keeper.hold();
    try {
      const gone = await discardDraft(this.codelab);
      if (!gone.ok) return { problem: gone.problem };
      const newest = await codelabSource(this.codelab);
      if (!newest.ok) return { problem: newest.problem };
      this.adopt({ revision: newest.value.revision, source: plain(newest.value.source) });
      return before;
    } finally {
      this.keeper.release();
    }
  }

  /** Takes back {@link discard}. */
  bringBack({ thrownAway, base }: { thrownAway: string; base: Base }): void {
    this.base = base;
    this.replace(thrownAway);
  }

  stop(): void {
    this.keeper.leave();
    this.keeper.stop();
    this.preview.stop();
  }
}

/** The editor knows one kind of line break. */
const plain = (source: string): string => source.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
