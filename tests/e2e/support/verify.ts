/** What a server leaves behind: every table says what the log says. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { headlessProgram } from './programs.ts';

const run = promisify(execFile);

/** Throws what is wrong with the database of a server that has ended. */
export async function verify(dataDir: string): Promise<void> {
  await run(headlessProgram(), ['verify', '--data-dir', dataDir]);
}
