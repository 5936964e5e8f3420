/** What the server knows of one person beyond the roster: asked for while somebody looks at them. */
import { seatTimeline } from '$lib/api/api';
import type { Message, Problem, SeatTimeline, Snapshot, StepTime } from '$lib/api/wire';

export class PersonTimeline {
  readonly #workshop: string;
  readonly #seat: number;
  #isAsking = false;
  #wishes = 0;

  /** The newest answer; stays while a newer one is asked for. */
  value = $state.raw<SeatTimeline | null>(null);
  /** Why the last question had no answer. */
  problem = $state.raw<Problem | null>(null);

  constructor(workshop: string, seat: number) {
    this.#workshop = workshop;
    this.#seat = seat;
  }

  /** Asks; while a question is on its way, once more after it, however often this is called. */
  async refresh(): Promise<void> {
    this.#wishes += 1;
    if (this.#isAsking) return;
    this.#isAsking = true;
    let granted: number;
    do {
      granted = this.#wishes;
      const answer = await seatTimeline(this.#workshop, this.#seat);
      this.problem = answer.ok ? null : answer.problem;
      if (answer.ok) this.value = answer.value;
    } while (granted !== this.#wishes);
    this.#isAsking = false;
  }
}

/** The time at a step until now: who is there and connected goes on. */
export function spentMs(time: StepTime, isWorking: boolean, nowMs: number): number {
  return time.spentMs + (time.here && isWorking ? Math.max(0, nowMs - time.untilMs) : 0);
}

/** All that is known of what somebody wrote or was told directly, the newest first. */
export function messagesOf(
  seat: number,
  known: readonly Message[],
  snapshot: Pick<Snapshot, 'messages' | 'directMessages'>,
): Message[] {
  const theirs = [...snapshot.messages, ...(snapshot.directMessages ?? [])].filter(
    (message) => message.from.seat === seat || message.with?.seat === seat,
  );
  // What the page holds is kept current: it wins.
  const all = new Map([...known, ...theirs].map((message) => [message.id, message]));
  return [...all.values()].sort((a, b) => b.id - a.id);
}
