/** The materials of one codelab, as facilitators arrange them. */
import {
  addLink,
  beginUpload,
  codelabMaterials,
  giveUploadUp,
  removeMaterial,
  renameMaterial,
  restoreMaterial,
  type Result,
} from '$lib/api/materials';
import type { Material, Problem } from '$lib/api/wire';

import { Sending } from './sending.svelte';

export class Materials {
  readonly codelab: string;
  /** `null` until the first answer. */
  items = $state.raw<readonly Material[] | null>(null);
  sendings = $state.raw<readonly Sending[]>([]);
  problem = $state.raw<Problem | null>(null);

  constructor(codelab: string) {
    this.codelab = codelab;
  }

  /** What is there; what is sent from here goes on. */
  async load(): Promise<void> {
    const answer = await codelabMaterials(this.codelab);
    this.problem = answer.ok ? null : answer.problem;
    if (!answer.ok) return;
    this.items = answer.value.materials;
    const known = new Map(this.sendings.map((sending) => [sending.upload.id, sending]));
    this.sendings = (answer.value.uploads ?? []).map(
      (upload) => known.get(upload.id) ?? new Sending(this.codelab, upload),
    );
  }

  /** Sends files, one after the other; one that was begun before goes on where it stopped. */
  async send(files: readonly File[]): Promise<Problem | null> {
    for (const file of files) {
      const waiting = this.sendings.find(
        (sending) => sending.state !== 'sending' && sending.isOf(file),
      );
      const sending = waiting ?? (await this.#begin(file));
      if (!(sending instanceof Sending)) return sending;
      await sending.send(file);
      if (sending.state === 'whole') await this.load();
    }
    return null;
  }

  async giveUp(sending: Sending): Promise<Problem | null> {
    sending.pause();
    return this.#after(giveUploadUp(this.codelab, sending.upload.id));
  }

  addLink(title: string, url: string): Promise<Problem | null> {
    return this.#after(addLink(this.codelab, { title, url }));
  }

  rename(material: Material, title: string): Promise<Problem | null> {
    return this.#after(renameMaterial(this.codelab, material.id, title));
  }

  remove(material: Material): Promise<Problem | null> {
    return this.#after(removeMaterial(this.codelab, material.id));
  }

  restore(material: Material): Promise<Problem | null> {
    return this.#after(restoreMaterial(this.codelab, material.id));
  }

  /** The page is left: what is on its way can be taken up again. */
  stop(): void {
    for (const sending of this.sendings) sending.pause();
  }

  async #begin(file: File): Promise<Sending | Problem> {
    const begun = await beginUpload(this.codelab, { fileName: file.name, sizeBytes: file.size });
    if (!begun.ok) return begun.problem;
    const sending = new Sending(this.codelab, begun.value);
    this.sendings = [...this.sendings, sending];
    return sending;
  }

  async #after(request: Promise<Result<unknown>>): Promise<Problem | null> {
    const answer = await request;
    if (!answer.ok) return answer.problem;
    await this.load();
    return null;
  }
}
