/** Who uses this browser, as far as facilitators' pages care. */
import { entrance, renameMe } from '$lib/api/api';
import type { Facilitator, Problem } from '$lib/api/wire';

export class Me {
  /** `signed_out`: the server answered, and this browser is no facilitator's. */
  status = $state<'asking' | 'signed_in' | 'signed_out' | 'failed'>('asking');
  facilitator = $state.raw<Facilitator | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** This browser was a facilitator's until somebody took that away. */
  isRemoved = $state(false);

  async load(): Promise<void> {
    this.status = 'asking';
    const door = await entrance();
    if (!door.ok) {
      this.problem = door.problem;
      this.status = 'failed';
      return;
    }
    this.problem = null;
    this.#learn(door.value.facilitator ?? null);
  }

  /** Asks again behind the page, as when a connection was refused. */
  async check(): Promise<void> {
    const door = await entrance();
    if (door.ok) this.#learn(door.value.facilitator ?? null);
  }

  #learn(facilitator: Facilitator | null): void {
    const was = this.facilitator;
    if (facilitator !== null) this.isRemoved = false;
    else if (was !== null) this.isRemoved = true;
    this.facilitator = facilitator;
    this.status = facilitator === null ? 'signed_out' : 'signed_in';
  }

  /** A page was refused: perhaps whoever this was is a facilitator no longer. */
  readonly heard = (problem: Problem): void => {
    if (problem.code === 'not_authenticated' || problem.code === 'not_a_facilitator') {
      void this.check();
    }
  };

  /** Changes the name; the problem when that failed. */
  async rename(name: string): Promise<Problem | null> {
    const renamed = await renameMe(name);
    if (!renamed.ok) return renamed.problem;
    this.facilitator = renamed.value;
    return null;
  }
}

/** The page's facilitator. */
export const me = new Me();
