/** What the codelabs of a workshop bring, as somebody in the room sees it. */
import { workshopMaterials } from '$lib/api/materials';
import type { Material, Problem } from '$lib/api/wire';

export class RoomMaterials {
  /** `null` until the first answer. */
  items = $state.raw<readonly Material[] | null>(null);
  problem = $state.raw<Problem | null>(null);

  readonly #workshop: string;

  constructor(workshop: string) {
    this.#workshop = workshop;
  }

  async load(): Promise<void> {
    const answer = await workshopMaterials(this.#workshop);
    this.problem = answer.ok ? null : answer.problem;
    if (answer.ok) this.items = answer.value.materials;
  }

  of(codelab: string): readonly Material[] {
    return this.items?.filter((material) => material.codelab === codelab) ?? [];
  }
}
