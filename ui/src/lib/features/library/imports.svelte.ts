/**
 * Imports, from wherever they come: a file field, a drop, the native dialog. One at a time; each
 * outcome stays until somebody has read it, whatever page they are on.
 */
import { importFiles } from '$lib/api/imports';
import type { ImportReason, ImportReport, Problem } from '$lib/api/wire';
import { pickAndImport, type DroppedImports } from '$lib/shell/tauri';

import {
  groupImports,
  ofField,
  readDropped,
  type Dropped,
  type DroppedEntry,
} from './collect-files';

export type ImportOutcome =
  | { kind: 'imported'; report: ImportReport }
  | { kind: 'refused'; name: string | null; problem: Problem };

/** What is being imported; `part` of the upload is done, 0 to 1, `null` when it cannot be told. */
export interface RunningImport {
  readonly name: string | null;
  readonly part: number | null;
}

const MEGABYTE = 1024 * 1024;

/** What the server takes in one import, in bytes; it would cut off a larger upload unheard. */
const MAX_IMPORT_BYTES = 100 * MEGABYTE;

export class Imports {
  running = $state.raw<RunningImport | null>(null);
  outcomes = $state.raw<readonly ImportOutcome[]>([]);
  /** Grows with every codelab that came in; a list that shows codelabs loads itself anew. */
  arrived = $state(0);

  /** Imports what a file or folder field holds. */
  async upload(dropped: readonly Dropped[]): Promise<void> {
    if (this.running !== null) return;
    for (const { name, files } of groupImports(dropped)) {
      this.running = { name, part: 0 };
      const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
      if (bytes > MAX_IMPORT_BYTES) {
        this.#refuse(name, refused('too_large', String(MAX_IMPORT_BYTES / MEGABYTE)));
        continue;
      }
      if (files.length === 0) {
        this.#refuse(name, refused('no_markdown'));
        continue;
      }
      const answer = await importFiles(files, (part) => {
        this.running = { name, part: part < 1 ? part : null };
      });
      if (answer.ok) this.#take(answer.value);
      else this.#refuse(name, answer.problem);
    }
    this.running = null;
  }

  /** Imports what was dropped on the page; `files` are those that came without an entry. */
  async drop(entries: readonly DroppedEntry[], files: readonly File[]): Promise<void> {
    if (this.running !== null) return;
    const name = entries[0]?.name ?? files[0]?.name ?? null;
    this.running = { name, part: null };
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
      const picked = await pickAndImport(kind);
      switch (picked.status) {
        case 'imported':
          this.#take(picked.report);
          break;
        case 'refused':
          this.#refuse(null, picked.problem);
          break;
        case 'cancelled':
          break;
      }
    } catch (cause) {
      this.#refuse(null, internal(String(cause)));
    }
  }

  /** Files were dropped on the desktop's window; the shell is importing them. */
  expectDropped(): void {
    this.running ??= { name: null, part: null };
  }

  /** What the shell imported. */
  takeDropped({ reports, problems }: DroppedImports): void {
    this.running = null;
    for (const report of reports) this.#take(report);
    for (const problem of problems) this.#refuse(null, problem);
  }

  /** The outcomes were read. */
  clear(): void {
    this.outcomes = [];
  }

  #take(report: ImportReport): void {
    this.outcomes = [...this.outcomes, { kind: 'imported', report }];
    this.arrived += 1;
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
