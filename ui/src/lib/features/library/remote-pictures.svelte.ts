/**
 * The pictures that codelabs show from the internet, and their download. Nothing is asked of the
 * internet before {@link RemotePictures.download}, which somebody has to press for.
 */
import {
  cancelImageDownload,
  downloadImages,
  imageDownload,
  remoteImages,
} from '$lib/api/remote-images';
import type { DownloadedImage, ImageDownload, Problem, RemoteImage } from '$lib/api/wire';
import { m } from '$lib/paraglide/messages';

/** The pictures of one codelab. */
export class RemotePictures {
  /** Those that are on the internet; `null` until the server has said. */
  images = $state.raw<readonly RemoteImage[] | null>(null);
  /** The latest download. */
  job = $state.raw<ImageDownload | null>(null);
  /** Why there is no download, or no news of it. */
  problem = $state.raw<Problem | null>(null);
  /** Pictures that were on the internet and are in the codelab now. */
  taken = $state.raw<readonly string[]>([]);
  /** Grows with every revision that a download made. */
  saves = $state(0);

  readonly codelab: string;
  /** A download is asked for, runs, or is being ended. */
  #busy = $state(false);

  constructor(codelab: string) {
    this.codelab = codelab;
  }

  get isRunning(): boolean {
    return this.#busy;
  }

  /** Somebody comes anew: what became of an earlier download was read. */
  async open(): Promise<void> {
    if (!this.#busy) {
      this.job = null;
      this.problem = null;
    }
    await this.load();
  }

  /** Asks the server which there are. Without an answer nothing is offered. */
  async load(): Promise<void> {
    const answer = await remoteImages(this.codelab);
    if (answer.ok) this.images = answer.value.images;
  }

  /** Downloads all of them, and returns when that has ended. */
  async download(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.problem = null;
    this.job = null;
    const begun = await downloadImages(this.codelab, m.remote_revision_note());
    if (begun.ok) await this.#follow(begun.value);
    else this.problem = begun.problem;
    this.#busy = false;
  }

  async cancel(): Promise<void> {
    if (this.job !== null) await cancelImageDownload(this.job.id);
  }

  async #follow(begun: ImageDownload): Promise<void> {
    this.job = begun;
    while (this.job.outcome === undefined) {
      const answer = await imageDownload(this.job.id, this.job.news);
      if (!answer.ok) {
        this.problem = answer.problem;
        return;
      }
      this.job = answer.value;
    }
    if (this.job.problem) this.problem = this.job.problem;
    if (this.job.outcome === 'saved') {
      const here = this.job.images.filter(({ state }) => state === 'taken');
      this.taken = [...this.taken, ...here.map(({ address }) => address)];
      await this.load();
      this.saves += 1;
    }
  }
}

const known: Record<string, RemotePictures | undefined> = {};

/** The pictures of a codelab; the same object on every page, so that no download is lost of sight. */
export function remotePictures(codelab: string): RemotePictures {
  return (known[codelab] ??= new RemotePictures(codelab));
}

/** How it stands with the pictures of one or several codelabs. */
export type Standing =
  | { kind: 'offered' | 'cancelled' | 'removed' | 'offline' }
  | { kind: 'running'; images: readonly DownloadedImage[]; done: number }
  | { kind: 'failed'; problem: Problem }
  | { kind: 'ended'; taken: number; count: number; refused: readonly DownloadedImage[] };

/** What to say of them together; `null` when there is nothing to say. */
export function standing(all: readonly RemotePictures[]): Standing | null {
  const jobs = all.flatMap(({ job }) => (job === null ? [] : [job]));
  const images = jobs.flatMap((job) => job.images);
  if (all.some(({ isRunning }) => isRunning)) {
    const done = images.filter(({ state }) => state === 'taken' || state === 'refused').length;
    return { kind: 'running', images, done };
  }
  const problem = all.find((one) => one.problem !== null)?.problem;
  if (problem) return { kind: 'failed', problem };
  if (jobs.some(({ outcome }) => outcome === 'cancelled')) return { kind: 'cancelled' };
  if (jobs.some(({ outcome }) => outcome === 'removed')) return { kind: 'removed' };
  if (jobs.some(({ outcome }) => outcome === 'offline')) return { kind: 'offline' };
  if (jobs.length > 0) {
    const refused = images.filter(({ state }) => state === 'refused');
    return { kind: 'ended', taken: images.length - refused.length, count: images.length, refused };
  }
  return all.some((one) => (one.images ?? []).length > 0) ? { kind: 'offered' } : null;
}

/** Who would be asked, each once. */
export function hosts(images: readonly RemoteImage[]): string[] {
  return [...new Set(images.flatMap(({ host }) => host ?? []))].sort();
}
