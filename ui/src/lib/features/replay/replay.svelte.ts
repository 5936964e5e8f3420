/** A workshop played again: its log, and the moment that is shown. */
import { workshopEvents, workshopReport } from '$lib/api/facilitating';
import type { AgendaCodelab, Problem, Snapshot } from '$lib/api/wire';

import { Timeline } from './timeline';

/** Minutes of the workshop in a second of replay. */
export const SPEEDS = [0.5, 1, 2, 5] as const;
export type Speed = (typeof SPEEDS)[number];

/** A frame of the screen that took longer than this was one in which nobody looked. */
const LONGEST_FRAME_MS = 250;

interface Shown {
  readonly count: number;
  readonly state: Snapshot;
}

export class Replay {
  readonly workshop: string;

  title = $state('');
  agenda = $state.raw<readonly AgendaCodelab[]>([]);
  problem = $state.raw<Problem | null>(null);
  /** The part of the log that was read, from 0 to 1. */
  loaded = $state(0);
  isReady = $state(false);
  /** The moment that is shown; milliseconds since the Unix epoch. */
  nowMs = $state(0);
  isPlaying = $state(false);
  speed = $state<Speed>(1);

  timeline = $state.raw<Timeline | null>(null);
  #shown = $state.raw<Shown | null>(null);
  #frame: number | undefined;

  readonly state: Snapshot | null = $derived(this.#shown?.state ?? null);
  /** Events that have happened at the moment that is shown. */
  readonly count: number = $derived(this.#shown?.count ?? 0);

  constructor(workshop: string) {
    this.workshop = workshop;
  }

  /** Reads the whole log, and shows its end. */
  async load(): Promise<void> {
    this.problem = null;
    const report = await workshopReport(this.workshop);
    if (!report.ok) {
      this.problem = report.problem;
      return;
    }
    const { title, agenda, startedAtMs } = report.value;
    const timeline = new Timeline({ workshop: this.workshop, startedAtMs, agenda });
    for (let after = 0; ;) {
      const page = await workshopEvents(this.workshop, after);
      if (!page.ok) {
        this.problem = page.problem;
        return;
      }
      timeline.add(page.value.items);
      this.loaded = page.value.head === 0 ? 1 : page.value.upTo / page.value.head;
      if (page.value.upTo >= page.value.head || page.value.upTo === after) break;
      after = page.value.upTo;
    }
    this.title = title;
    this.agenda = agenda;
    this.timeline = timeline;
    this.isReady = true;
    this.seek(timeline.endMs);
  }

  /** Shows a moment. */
  seek(ms: number): void {
    const timeline = this.timeline;
    if (timeline === null) return;
    this.nowMs = Math.min(Math.max(ms, timeline.startMs), timeline.endMs);
    this.#show(timeline, timeline.countAt(this.nowMs));
  }

  /** Shows the moment of the event that follows, or of the one before. */
  step(by: 1 | -1): void {
    const timeline = this.timeline;
    if (timeline === null) return;
    this.pause();
    const count = Math.min(Math.max(this.count + by, 1), timeline.events.length);
    this.nowMs = timeline.timeOf(count - 1);
    this.#show(timeline, count);
  }

  toggle(): void {
    if (this.isPlaying) this.pause();
    else this.play();
  }

  /** Goes on from here; from the beginning when this is the end. */
  play(): void {
    const timeline = this.timeline;
    if (timeline === null || this.isPlaying) return;
    if (this.nowMs >= timeline.endMs) this.seek(timeline.startMs);
    this.isPlaying = true;
    let before = performance.now();
    const next = (now: number): void => {
      const passed = Math.min(now - before, LONGEST_FRAME_MS);
      before = now;
      this.seek(this.nowMs + passed * this.speed * 60);
      if (this.nowMs >= timeline.endMs) this.pause();
      else if (this.isPlaying) this.#frame = requestAnimationFrame(next);
    };
    this.#frame = requestAnimationFrame(next);
  }

  pause(): void {
    this.isPlaying = false;
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #show(timeline: Timeline, count: number): void {
    if (this.#shown?.count === count) return;
    this.#shown = { count, state: timeline.stateAfter(count, this.#shown ?? undefined) };
  }
}
