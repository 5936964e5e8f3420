/** Before all tests: a data folder whose library has the bundled codelabs, for tests to copy. */
import { rm } from 'node:fs/promises';

import { Codelabs } from './codelabs.ts';

const VARIABLE = 'CODELABS_TEST_LIBRARY';

/** Where that folder is. */
export function freshLibrary(): string {
  const folder = process.env[VARIABLE];
  if (folder === undefined) throw new Error('the library is made before the tests');
  return folder;
}

export default async function prepare(): Promise<() => Promise<void>> {
  const folder = await Codelabs.freshLibrary();
  process.env[VARIABLE] = folder;
  return () => rm(folder, { recursive: true, force: true });
}
