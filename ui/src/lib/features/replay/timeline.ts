/**
 * A workshop's log, folded by the page's own `applyEvent`, at any moment. Every so many events the
 * state is kept, so that going back folds a few of them and not all.
 */
import type { AgendaCodelab, EventMessage, Person, Snapshot } from '$lib/api/wire';
import { applyEvent } from '$lib/workshop/apply';

/** Events between two kept states: few to fold when somebody drags, few states to hold. */
const EVERY = 200;

export interface Beginning {
  readonly workshop: string;
  readonly startedAtMs: number;
  readonly agenda: readonly AgendaCodelab[];
}

export class Timeline {
  /** What happened, in order. */
  readonly events: EventMessage[] = [];
  /** When, for each event; a machine's clock that was set back does not turn time around. */
  readonly #times: number[] = [];
  /** The state before event `EVERY * n`. */
  readonly #kept: Snapshot[];
  #last: Snapshot;

  constructor(beginning: Beginning) {
    this.#last = before(beginning);
    this.#kept = [this.#last];
  }

  /** Adds what happened next. */
  add(events: readonly EventMessage[]): void {
    for (const event of events) {
      this.#times.push(Math.max(event.atMs, this.#times.at(-1) ?? event.atMs));
      this.events.push(event);
      this.#last = applyEvent(this.#last, event);
      if (this.events.length % EVERY === 0) this.#kept.push(this.#last);
    }
  }

  get startMs(): number {
    return this.#times[0] ?? 0;
  }

  get endMs(): number {
    return this.#times.at(-1) ?? 0;
  }

  /** When an event happened; the end for what is behind it. */
  timeOf(index: number): number {
    return this.#times[Math.max(0, index)] ?? this.endMs;
  }

  /** How many events have happened at a time. */
  countAt(ms: number): number {
    let [from, to] = [0, this.#times.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#times[middle] ?? 0) <= ms) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /**
   * The state after so many events.
   *
   * @param near a state that was shown; what follows soon after it is folded from there
   */
  stateAfter(count: number, near?: { count: number; state: Snapshot }): Snapshot {
    const kept = Math.min(Math.floor(count / EVERY), this.#kept.length - 1);
    let [at, state] = [kept * EVERY, this.#kept[kept] ?? this.#last];
    if (near && near.count <= count && near.count > at) [at, state] = [near.count, near.state];
    for (; at < count; at += 1) {
      const event = this.events[at];
      if (event) state = applyEvent(state, event);
    }
    return state;
  }

  /** How much happened in each of so many equal stretches of time, from 0 to 1. */
  activity(stretches: number): number[] {
    const counts = Array.from({ length: stretches }, () => 0);
    const length = Math.max(1, this.endMs - this.startMs);
    for (const time of this.#times) {
      const at = Math.min(stretches - 1, Math.floor(((time - this.startMs) / length) * stretches));
      counts[at] = (counts[at] ?? 0) + 1;
    }
    const most = Math.max(1, ...counts);
    return counts.map((count) => count / most);
  }
}

/** Nobody yet: the room as a facilitator would have seen it before the first event. */
function before({ workshop, startedAtMs, agenda }: Beginning): Snapshot {
  const nobody: Person = { seat: 0, role: 'facilitator', name: '', ordinal: 1 };
  return {
    seq: 0,
    workshop,
    title: '',
    status: 'live',
    startedAtMs,
    agenda: [...agenda],
    you: { person: nobody, progress: [], following: true },
    facilitators: [],
    messages: [],
    hasOlderMessages: false,
    facilitation: { joinCode: '', codeRequired: true, roster: [], helpRequests: [] },
  };
}
