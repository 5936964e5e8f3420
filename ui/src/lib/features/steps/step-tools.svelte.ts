/** The tools of a step's HTML: a download of its own, after the first step can be read. */
import type * as Tools from './enhance-step';

class StepTools {
  /** They are here. */
  current = $state.raw<typeof Tools | null>(null);

  #failed = false;

  async load(): Promise<void> {
    try {
      this.current = await import('./enhance-step');
    } catch {
      this.#failed = true;
    }
  }

  /** The network is back: what it took away is asked for again. */
  async retry(): Promise<void> {
    if (!this.#failed) return;
    this.#failed = false;
    await this.load();
  }
}

export const stepTools = new StepTools();
