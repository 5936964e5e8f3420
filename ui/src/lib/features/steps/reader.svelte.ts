/** Somebody working through the agenda: where they are, what is done, and turning the pages. */
import type { AgendaCodelab, AgendaStep } from '$lib/api/wire';
import { toasts } from '$lib/components/toasts.svelte';
import type { CommandBody } from '$lib/connection/outbox';
import { m } from '$lib/paraglide/messages';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';
import { openSteps } from '$lib/workshop/step-locks';

import { placeAt, placeIn, remainingMinutes, stepPath, type Place } from './agenda';
import { lastCodelab, myProgress, type MyProgress } from './my-progress';

/** What the address names. */
export interface Where {
  codelab: string | undefined;
  step: string | undefined;
}

const NOTHING: MyProgress = { current: null, completed: new Set() };

export class Reader {
  readonly workshop: LiveWorkshop;
  readonly #where: () => Where;
  readonly #go: (path: string) => void;

  readonly agenda: readonly AgendaCodelab[] = $derived.by(
    () => this.workshop.model?.snapshot.agenda ?? [],
  );
  /** The step on screen; `null` while nothing is known, or when there is no such step. */
  readonly place: Place | null = $derived.by(() => {
    const { codelab, step } = this.#where();
    return codelab === undefined || step === undefined ? null : placeAt(this.agenda, codelab, step);
  });
  readonly progress: MyProgress = $derived.by(() =>
    this.place === null ? NOTHING : this.progressIn(this.place.codelab),
  );
  readonly isDone: boolean = $derived.by(
    () => this.place !== null && this.progress.completed.has(this.place.step.step),
  );
  /** Steps of this codelab that are not done. */
  readonly open: readonly AgendaStep[] = $derived.by(
    () => this.place?.codelab.steps.filter(({ step }) => !this.progress.completed.has(step)) ?? [],
  );
  readonly remainingMinutes: number | null = $derived.by(() =>
    this.place === null
      ? null
      : remainingMinutes(this.place.codelab.steps, this.progress.completed),
  );
  /** The last step is done: time to look back, or at the next codelab. */
  readonly isAtEnd: boolean = $derived.by(
    () => this.place !== null && this.place.after === null && (this.isDone || this.workshop.ended),
  );

  /** How many steps of this codelab one may enter; the others follow when they are opened. */
  readonly reach: number = $derived.by(() =>
    this.place === null ? 0 : this.reachIn(this.place.codelab),
  );
  /** The step that the address names is not open yet. */
  readonly isLocked: boolean = $derived.by(
    () => this.place !== null && this.place.index >= this.reach,
  );
  /**
   * The content of the guide that stands in place of the first step: until it was read, and whenever
   * somebody asks for it.
   */
  readonly guide: string | null = $derived.by(() => {
    const { place } = this;
    if (place?.index !== 0 || !place.codelab.guide || this.isLocked) return null;
    const isRead = this.#read.has(place.codelab.codelab);
    const isBegun = this.progress.current !== null || this.progress.completed.size > 0;
    return this.#asked === place.codelab.codelab || !(isRead || isBegun)
      ? place.codelab.guide
      : null;
  });
  /** There is something in front of what is shown. */
  readonly hasBefore: boolean = $derived.by(
    () =>
      Boolean(this.place?.before) || (this.guide === null && Boolean(this.place?.codelab.guide)),
  );
  /** The step after this one is not open yet. */
  readonly isNextLocked: boolean = $derived.by(
    () =>
      this.guide === null &&
      this.place !== null &&
      this.place.after !== null &&
      this.place.index + 1 >= this.reach,
  );

  /** The codelab whose guide is asked for. */
  #asked = $state<string | null>(null);
  /** The codelabs whose guide was read on this page. */
  #read = $state.raw<ReadonlySet<string>>(new Set());

  /** Whether the last step was finished just now, by a press on this page. */
  hasJustFinished = false;

  /**
   * @param where what the page's address names; reactive
   * @param go opens a page
   */
  constructor(workshop: LiveWorkshop, where: () => Where, go: (path: string) => void) {
    this.workshop = workshop;
    this.#where = where;
    this.#go = go;
  }

  /** How far one is in a codelab. */
  progressIn(codelab: AgendaCodelab): MyProgress {
    const snapshot = this.workshop.model?.snapshot;
    return snapshot === undefined
      ? NOTHING
      : myProgress(snapshot, this.workshop.pending, codelab.codelab);
  }

  /** How many steps of a codelab one may enter, counted from the first. */
  reachIn(codelab: AgendaCodelab): number {
    const snapshot = this.workshop.model?.snapshot;
    if (snapshot === undefined || this.workshop.isFacilitator) return codelab.steps.length;
    return openSteps(snapshot, codelab);
  }

  pathOf(codelab: AgendaCodelab, step: AgendaStep): string {
    return stepPath(this.workshop.id, codelab, step);
  }

  /** The address where one left a codelab. */
  pathInto(codelab: AgendaCodelab): string {
    const snapshot = this.workshop.model?.snapshot;
    const place = snapshot === undefined ? null : placeIn(snapshot, codelab);
    return place === null ? `/w/${this.workshop.id}` : this.pathOf(place.codelab, place.step);
  }

  /** Tells the workshop that this step is on screen, unless it knows. */
  enter({ codelab, step }: Place): void {
    this.hasJustFinished = false;
    const snapshot = this.workshop.model?.snapshot;
    if (snapshot === undefined) return;
    const isKnown =
      this.progressIn(codelab).current === step.step &&
      lastCodelab(snapshot, this.workshop.pending) === codelab.codelab;
    if (!isKnown) this.#send({ type: 'enter_step', codelab: codelab.codelab, step: step.step });
  }

  /** Marks this step as done, or as not done after all. */
  setDone(done: boolean): void {
    const { place } = this;
    if (place === null || this.isDone === done) return;
    const at = { codelab: place.codelab.codelab, step: place.step.step };
    this.#send(done ? { type: 'complete_step', ...at } : { type: 'reopen_step', ...at });
  }

  /** Done with this one: the next step, or the end. */
  next(): void {
    const { place } = this;
    if (place === null || this.isLocked) return;
    if (this.guide !== null) {
      this.closeGuide();
      return;
    }
    if (this.isNextLocked) {
      toasts.show({ text: m.pace_next_locked() });
      return;
    }
    this.hasJustFinished = place.after === null && !this.isDone;
    this.setDone(true);
    if (place.after !== null) this.#go(this.pathOf(place.codelab, place.after));
  }

  previous(): void {
    const { place } = this;
    if (place?.index === 0) this.openGuide(place.codelab);
    const to = this.isLocked ? place?.codelab.steps[this.reach - 1] : place?.before;
    if (place && to) this.#go(this.pathOf(place.codelab, to));
  }

  /** Shows the guide of a codelab, where its first step is. */
  openGuide({ codelab, guide }: AgendaCodelab): void {
    if (guide) this.#asked = codelab;
  }

  /** Read: on to the first step. */
  closeGuide(): void {
    const codelab = this.place?.codelab.codelab;
    this.#asked = null;
    if (codelab !== undefined) this.#read = new Set(this.#read).add(codelab);
  }

  /** After the end a workshop is read, not worked on: nothing is sent. */
  #send(command: CommandBody): void {
    if (this.workshop.model === null || this.workshop.ended) return;
    void this.workshop.send(command);
  }
}
