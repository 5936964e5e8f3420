/** Importing codelabs. */
import type { Result } from './result';
import { upload } from './upload';
import type { ImportReport } from './wire';

/** A file with its path within the folder it came from. */
export interface ImportFile {
  file: File;
  path: string;
}

/**
 * Imports a codelab: one file, one ZIP, or the files of a folder.
 *
 * @param onProgress called with the part of the upload that is done, 0 to 1
 */
export function importFiles(
  files: readonly ImportFile[],
  onProgress?: (part: number) => void,
): Promise<Result<ImportReport>> {
  const form = new FormData();
  for (const { file, path } of files) form.append('file', file, path);
  return upload('/api/v1/codelabs', form, onProgress);
}
