/** Importing codelabs. */
import { client } from './client';
import { done, result, type Result } from './result';
import { upload } from './upload';
import type { ImportJob, TakenCodelab } from './wire';

/** A file with its path within the folder it came from. */
export interface ImportFile {
  file: File;
  path: string;
}

/**
 * Sends files, ZIPs and the files of folders. If they leave a choice, the import waits for it;
 * then the codelabs come in one by one.
 *
 * @param onProgress called with the part of the upload that is done, 0 to 1
 * @param signal ends the upload; nothing of it is kept
 */
export function startImport(
  files: readonly ImportFile[],
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Result<ImportJob>> {
  const form = new FormData();
  for (const { file, path } of files) form.append('file', file, path);
  return upload('/api/v1/imports?choose=true', form, onProgress, { signal });
}

/** How far an import is, with the rows behind those that are known. Waits for news. */
export const importProgress = (id: string, known: number) =>
  result(
    client.GET('/api/v1/imports/{import}', {
      params: { path: { import: id }, query: { known } },
    }),
  );

/** Says what of an import that waits for a choice is to be taken. */
export const takeImport = (id: string, codelabs: readonly TakenCodelab[]) =>
  done(
    client.POST('/api/v1/imports/{import}/take', {
      params: { path: { import: id } },
      body: { codelabs: [...codelabs] },
    }),
  );

/** Ends an import: what came in stays, and no other codelab begins. */
export const cancelImport = (id: string) =>
  done(client.DELETE('/api/v1/imports/{import}', { params: { path: { import: id } } }));
