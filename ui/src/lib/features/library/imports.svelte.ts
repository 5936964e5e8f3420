/**
 * Imports, from wherever they come: a file field, a drop, the native dialog. One at a time; each
 * outcome stays until somebody has read it, whatever page they are on.
 */
import { cancelImport, importProgress, startImport, takeImport } from '$lib/api/imports';
import type {
  ImportJob,
  ImportOffer,
  ImportReason,
  ImportReport,
  ImportRow,
  Problem,
  TakenCodelab,
} from '$lib/api/wire';
import { pickAndImport, type ShellImport } from '$lib/shell/tauri';

import { ofField, readDropped, type Dropped, type DroppedEntry } from './collect-files';

export type ImportOutcome =
  | { kind: 'imported'; name: string | null; report: ImportReport }
  | { kind: 'refused'; name: string | null; problem: Problem };

/** What is being imported. */
export interface RunningImport {
  /** What is read now, or what is sent. */
  readonly name: string | null;
  /** The part of the upload that is done, 0 to 1; `null` when nothing is sent any more. */
  readonly sent: number | null;
  /** How many codelabs were found; `null` while they are looked for. */
  readonly found: number | null;
  /** What somebody is to choose from before anything is written; `null` when there is no choice. */
  readonly offers: readonly ImportOffer[] | null;
  /** Somebody wants no more of it. */
  readonly ending: boolean;
}

const MEGABYTE = 1024 * 1024;

/** What the server takes in one upload, in bytes; it would cut off a larger one unheard. */
const MAX_UPLOAD_BYTES = 8192 * MEGABYTE;

const BEGINNING: RunningImport = {
  name: null,
  sent: null,
  found: null,
  offers: null,
  ending: false,
};

export class Imports {
  running = $state.raw<RunningImport | null>(null);
  outcomes = $state.raw<readonly ImportOutcome[]>([]);
  /** Codelabs that were found but not begun, because somebody ended the import. */
  leftOut = $state(0);
  /** Grows with every codelab that came in; a list that shows codelabs loads itself anew. */
  arrived = $state(0);

  #job: string | null = null;
  #upload: AbortController | null = null;
  /** Goes on after the choice was made, or cancelled. */
  #chosen: (() => void) | null = null;

  /** Imports what a file or folder field holds. */
  async upload(dropped: readonly Dropped[]): Promise<void> {
    if (this.running !== null) return;
    const name = dropped[0]?.name ?? null;
    const files = dropped.flatMap((one) => one.files);
    const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
    if (files.length === 0) {
      this.#refuse(name, refused('no_markdown'));
      return;
    }
    if (bytes > MAX_UPLOAD_BYTES) {
      this.#refuse(name, refused('too_large', String(MAX_UPLOAD_BYTES / MEGABYTE)));
      return;
    }
    const sending = new AbortController();
    this.#upload = sending;
    this.running = { ...BEGINNING, name, sent: 0 };
    const answer = await startImport(
      files,
      (part) => {
        this.#tell({ sent: part });
      },
      sending.signal,
    );
    this.#upload = null;
    if (answer.ok) await this.#follow(answer.value);
    else if (!sending.signal.aborted) this.#refuse(name, answer.problem);
    this.running = null;
  }

  /** Imports what was dropped on the page; `files` are those that came without an entry. */
  async drop(entries: readonly DroppedEntry[], files: readonly File[]): Promise<void> {
    if (this.running !== null) return;
    const name = entries[0]?.name ?? files[0]?.name ?? null;
    this.running = { ...BEGINNING, name };
    try {
      const dropped = await readDropped(entries);
      this.running = null;
      await this.upload([...dropped, ...ofField(files)]);
    } catch (cause) {
      this.running = null;
      this.#refuse(name, refused('unreadable', String(cause)));
    }
  }

  /** Opens the desktop's native dialog. */
  async pick(kind: 'file' | 'folder'): Promise<void> {
    if (this.running !== null) return;
    try {
      await this.#take(await pickAndImport(kind));
    } catch (cause) {
      this.#refuse(null, internal(String(cause)));
    }
  }

  /** Files were dropped on the desktop's window; the shell begins to import them. */
  expectDropped(): void {
    this.running ??= BEGINNING;
  }

  /** What the shell began. */
  async takeDropped(begun: ShellImport): Promise<void> {
    await this.#take(begun);
  }

  /** The choice was made. */
  async take(codelabs: readonly TakenCodelab[]): Promise<void> {
    if (this.#job === null) return;
    this.#tell({ offers: null, found: codelabs.length });
    const answer = await takeImport(this.#job, codelabs);
    if (!answer.ok) this.#refuse(null, answer.problem);
    this.#chosen?.();
  }

  /** Ends what is running: an upload is thrown away, and no further codelab is begun. */
  async cancel(): Promise<void> {
    this.#tell({ ending: true });
    this.#upload?.abort();
    if (this.#job !== null) await cancelImport(this.#job);
    this.#chosen?.();
  }

  /** The outcomes were read. */
  clear(): void {
    this.outcomes = [];
    this.leftOut = 0;
  }

  async #take(begun: ShellImport): Promise<void> {
    if (begun.status === 'started') await this.#follow(begun.job);
    else if (begun.status === 'refused') this.#refuse(null, begun.problem);
    this.running = null;
  }

  /** Asks for news until there is none to come. */
  async #follow(job: ImportJob): Promise<void> {
    this.#job = job.id;
    this.running = { ...(this.running ?? BEGINNING), sent: null };
    let known = 0;
    let last: ImportJob | null = null;
    let cancelled = false;
    while (last?.done !== true) {
      const answer = await importProgress(job.id, known);
      if (!answer.ok) {
        this.#refuse(null, answer.problem);
        break;
      }
      last = answer.value;
      known += last.rows.length;
      for (const row of last.rows) this.#settle(row);
      this.#tell({ found: last.found ?? null, name: last.reading ?? null });
      if (last.choice) {
        await this.#choose(last.choice.offers);
        cancelled = this.#isEnding();
      }
    }
    // Who cancels the choice began nothing.
    if (last?.done === true && !cancelled)
      this.leftOut += Math.max(0, (last.found ?? known) - known);
    this.#job = null;
  }

  /** Waits for {@link take} or {@link cancel}. */
  #choose(offers: readonly ImportOffer[]): Promise<void> {
    this.#tell({ offers, name: null });
    return new Promise((resolve) => {
      this.#chosen = () => {
        this.#chosen = null;
        this.#tell({ offers: null });
        resolve();
      };
    });
  }

  #isEnding(): boolean {
    return this.running?.ending ?? false;
  }

  #tell(news: Partial<RunningImport>): void {
    if (this.running !== null) this.running = { ...this.running, ...news };
  }

  #settle({ name, report, problem }: ImportRow): void {
    if (report) {
      this.outcomes = [...this.outcomes, { kind: 'imported', name, report }];
      this.arrived += 1;
    } else if (problem) {
      this.#refuse(name, problem);
    }
  }

  #refuse(name: string | null, problem: Problem): void {
    this.outcomes = [...this.outcomes, { kind: 'refused', name, problem }];
  }
}

/** A refusal that was found before the server was asked. */
function refused(reason: ImportReason, subject = ''): Problem {
  const code = 'import_failed';
  return {
    type: `/problems/${code}`,
    code,
    status: 422,
    title: '',
    detail: '',
    import: { reason, subject },
  };
}

/** The shell itself broke. */
function internal(detail: string): Problem {
  return { type: '/problems/internal', code: 'internal', status: 500, title: '', detail };
}

/** The page's imports; shown by ImportDialog.svelte in every facilitator's page. */
export const imports = new Imports();
