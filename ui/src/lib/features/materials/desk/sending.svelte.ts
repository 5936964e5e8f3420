/** A file on its way to the server: piece by piece, going on by itself after an interruption. */
import { codelabMaterials, sendPiece, type Result } from '$lib/api/materials';
import type { MaterialList, Problem, Upload, UploadProgress } from '$lib/api/wire';

/** Small enough that little is sent twice, large enough that the answers cost nothing. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** How long the network is given before the next try. */
const RETRY_MS = 2000;

/** The server's side of an upload. */
export interface SendingApi {
  sendPiece(
    codelab: string,
    id: string,
    offset: number,
    piece: Blob,
    onProgress: (part: number) => void,
    signal: AbortSignal,
  ): Promise<Result<UploadProgress>>;
  codelabMaterials(codelab: string): Promise<Result<MaterialList>>;
}

/**
 * `waiting`: the network is gone, it goes on by itself. `lost`: this page does not have the file;
 * it goes on when the same one is chosen again.
 */
export type SendingState = 'sending' | 'paused' | 'waiting' | 'lost' | 'failed' | 'whole';

export class Sending {
  readonly upload: Upload;
  state = $state<SendingState>('lost');
  problem = $state.raw<Problem | null>(null);
  /** Bytes that are safe, and those of the piece that is being sent. */
  sentBytes = $state(0);

  readonly #codelab: string;
  readonly #api: SendingApi;
  #file: Blob | null = null;
  #offset: number;
  #abort = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(codelab: string, upload: Upload, api: SendingApi = { sendPiece, codelabMaterials }) {
    this.#codelab = codelab;
    this.upload = upload;
    this.#api = api;
    this.#offset = upload.receivedBytes;
    this.sentBytes = upload.receivedBytes;
  }

  /** Whether a file may be the one of this upload. */
  isOf(file: { name: string; size: number }): boolean {
    return file.size === this.upload.sizeBytes && file.name === this.upload.fileName;
  }

  /** Sends, or goes on sending; resolves when it is whole or stops. */
  async send(file?: Blob): Promise<void> {
    if (file) this.#file = file;
    if (!this.#file || this.state === 'sending' || this.state === 'whole') return;
    clearTimeout(this.#timer);
    this.#abort = new AbortController();
    this.problem = null;
    this.state = 'sending';
    while (await this.#next(this.#file));
  }

  /** Stops until {@link send}. */
  pause(): void {
    clearTimeout(this.#timer);
    if (this.state !== 'sending' && this.state !== 'waiting') return;
    this.state = 'paused';
    this.#abort.abort();
    this.sentBytes = this.#offset;
  }

  /** Sends the next piece and says whether to go on; if not, the state says why. */
  async #next(file: Blob): Promise<boolean> {
    const { signal } = this.#abort;
    const piece = file.slice(this.#offset, this.#offset + PIECE_BYTES);
    const answer = await this.#api.sendPiece(
      this.#codelab,
      this.upload.id,
      this.#offset,
      piece,
      (part) => (this.sentBytes = this.#offset + part * piece.size),
      signal,
    );
    if (signal.aborted) return false;
    if (answer.ok) {
      this.#offset = answer.value.receivedBytes;
      this.sentBytes = this.#offset;
      if (answer.value.isWhole) this.state = 'whole';
      return !answer.value.isWhole;
    }
    this.sentBytes = this.#offset;
    const { code } = answer.problem;
    if (code === 'piece_out_of_place') {
      // An answer was lost on its way, or another page goes on with the same file.
      return this.#askWhere(signal);
    }
    if (code === 'unavailable') {
      this.#wait();
    } else {
      this.problem = answer.problem;
      this.state = 'failed';
    }
    return false;
  }

  async #askWhere(signal: AbortSignal): Promise<boolean> {
    const list = await this.#api.codelabMaterials(this.#codelab);
    if (signal.aborted) return false;
    if (!list.ok) {
      this.#wait();
      return false;
    }
    const here = list.value.uploads?.find(({ id }) => id === this.upload.id);
    if (here) this.#offset = here.receivedBytes;
    else this.state = 'whole';
    return here !== undefined;
  }

  #wait(): void {
    this.state = 'waiting';
    this.#timer = setTimeout(() => void this.send(), RETRY_MS);
  }
}
