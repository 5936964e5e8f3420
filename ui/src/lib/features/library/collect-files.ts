/**
 * From what a person dropped or chose in a browser to an import: each file with its path within
 * what was dropped. Which of them are codelabs is the server's to find out.
 */
import type { ImportFile } from '$lib/api/imports';

/** The parts of a `FileSystemEntry` that are read here. */
export interface DroppedEntry {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly name: string;
}

interface FileEntry extends DroppedEntry {
  file(done: (file: File) => void, failed: (error: unknown) => void): void;
}

interface FolderEntry extends DroppedEntry {
  createReader(): {
    readEntries(done: (entries: DroppedEntry[]) => void, failed: (error: unknown) => void): void;
  };
}

/** One thing that was dropped: a file, or a folder with all that is in it. */
export interface Dropped {
  readonly name: string;
  readonly isFolder: boolean;
  readonly files: readonly ImportFile[];
}

/** What systems and version control leave in folders; never part of a codelab. */
const HIDDEN = /^(\.|__MACOSX$|Thumbs\.db$|desktop\.ini$)/i;

/** Reads dropped entries to the bottom of every folder. */
export async function readDropped(entries: readonly DroppedEntry[]): Promise<Dropped[]> {
  const dropped: Dropped[] = [];
  for (const entry of entries) {
    const files = await filesOf(entry, '');
    dropped.push({ name: entry.name, isFolder: entry.isDirectory, files });
  }
  return dropped;
}

async function filesOf(entry: DroppedEntry, folder: string): Promise<ImportFile[]> {
  if (HIDDEN.test(entry.name)) return [];
  const path = folder + entry.name;
  if (isFile(entry)) return [{ file: await fileOf(entry), path }];
  if (!isFolder(entry)) return [];
  const files: ImportFile[] = [];
  for (const inner of await allEntries(entry)) files.push(...(await filesOf(inner, `${path}/`)));
  return files;
}

function isFile(entry: DroppedEntry): entry is FileEntry {
  return entry.isFile && 'file' in entry;
}

function isFolder(entry: DroppedEntry): entry is FolderEntry {
  return entry.isDirectory && 'createReader' in entry;
}

function fileOf(entry: FileEntry): Promise<File> {
  return new Promise((resolve, reject) => {
    entry.file(resolve, reject);
  });
}

/** A reader gives a folder in parts (Chromium: a hundred) and an empty one at the end. */
async function allEntries(folder: FolderEntry): Promise<DroppedEntry[]> {
  const reader = folder.createReader();
  const all: DroppedEntry[] = [];
  for (;;) {
    const part = await new Promise<DroppedEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (part.length === 0) return all;
    all.push(...part);
  }
}

/** What a file or folder field holds, as if it had been dropped. */
export function ofField(files: Iterable<File>): Dropped[] {
  const folders = new Map<string, ImportFile[]>();
  const dropped: Dropped[] = [];
  for (const file of files) {
    const path = file.webkitRelativePath;
    if (path === '') {
      dropped.push({ name: file.name, isFolder: false, files: [{ file, path: file.name }] });
    } else if (!path.split('/').some((name) => HIDDEN.test(name))) {
      const [top = path] = path.split('/');
      folders.set(top, [...(folders.get(top) ?? []), { file, path }]);
    }
  }
  const ofFolders = [...folders].map(([name, held]) => ({ name, isFolder: true, files: held }));
  return [...dropped, ...ofFolders];
}
