/** Who uses this browser, as far as facilitators' pages care. */
import { entrance, renameMe } from '$lib/api/api';
import type { Facilitator, Problem } from '$lib/api/wire';

export class Me {
  /** `signed_out`: the server answered, and this browser is no facilitator's. */
  status = $state<'asking' | 'signed_in' | 'signed_out' | 'failed'>('asking');
  facilitator = $state.raw<Facilitator | null>(null);
  problem = $state.raw<Problem | null>(null);

  async load(): Promise<void> {
    this.status = 'asking';
    const door = await entrance();
    if (!door.ok) {
      this.problem = door.problem;
      this.status = 'failed';
      return;
    }
    this.problem = null;
    this.facilitator = door.value.facilitator ?? null;
    this.status = this.facilitator === null ? 'signed_out' : 'signed_in';
  }

  /** A page was refused: whoever this was, they are a facilitator no longer. */
  readonly heard = (problem: Problem): void => {
    if (problem.code === 'not_authenticated' || problem.code === 'not_a_facilitator') {
      this.facilitator = null;
      this.status = 'signed_out';
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
