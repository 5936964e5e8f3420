/** Where the programs under test are. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the repository. */
export const REPOSITORY = resolve(fileURLToPath(import.meta.url), '../../../..');

const EXTENSION = process.platform === 'win32' ? '.exe' : '';

function built(program: string, variable: string): string {
  const target = process.env['CARGO_TARGET_DIR'] ?? 'target';
  const path =
    process.env[variable] ?? join(resolve(REPOSITORY, target), 'debug', program + EXTENSION);
  if (!existsSync(path)) {
    throw new Error(`${path} is missing; cargo build makes it, or name another in ${variable}`);
  }
  return path;
}

/** The server without a window. */
export const headlessProgram = (): string => built('codelabs', 'CODELABS_BIN');

/** The desktop app. */
export const desktopProgram = (): string => built('open-codelabs', 'OPEN_CODELABS_BIN');
