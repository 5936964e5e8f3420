/** The polls that a workshop's codelabs bring along. */
import { client } from '$lib/api/client';
import { result } from '$lib/api/result';
import type { PreparedPoll, Problem } from '$lib/api/wire';

export class PreparedPolls {
  /** `null` until the first answer. */
  items = $state.raw<readonly PreparedPoll[] | null>(null);
  problem = $state.raw<Problem | null>(null);

  readonly #workshop: string;

  constructor(workshop: string) {
    this.#workshop = workshop;
  }

  async load(): Promise<void> {
    const params = { path: { workshop: this.#workshop } };
    const path = '/api/v1/workshops/{workshop}/prepared-polls';
    const answer = await result(client.GET(path, { params }));
    if (answer.ok) this.items = answer.value.items;
    this.problem = answer.ok ? null : answer.problem;
  }
}
