/** `codelabs serve` as a process of its own, on a port and a folder of its own. */
import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { MACHINE } from './chromium.ts';
import { end, endWithUs, freePort } from './ports.ts';
import { headlessProgram } from './programs.ts';
import { verify } from './verify.ts';

const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'codelabs-e2e-'));

export class Codelabs {
  #child: ChildProcess | null = null;
  /** The one-time link that the program printed last, over loopback. */
  facilitatorLink = '';

  private constructor(
    readonly dataDir: string,
    readonly port: number,
    readonly ip: string,
    readonly options: readonly string[],
  ) {}

  /**
   * Starts it with a data folder of its own: an empty one, or a copy of one that was used.
   * Listening on loopback it has no address to show; `0.0.0.0` shows those of the machine.
   * `options` are further ones of its command line.
   */
  static async start(
    like?: string,
    ip = '127.0.0.1',
    options: readonly string[] = [],
  ): Promise<Codelabs> {
    const dataDir = await emptyFolder();
    if (like !== undefined) await cp(like, dataDir, { recursive: true });
    const server = new Codelabs(dataDir, await freePort(), ip, options);
    await server.restart();
    return server;
  }

  /**
   * A data folder with the bundled codelabs in the library. To render them takes an unoptimised
   * server seconds; tests that start with a copy do without.
   */
  static async freshLibrary(): Promise<string> {
    const server = await Codelabs.start();
    if (server.#child) await end(server.#child, 'SIGTERM');
    return server.dataDir;
  }

  /** Where attendees' browsers find it: no trustworthy origin, as in a room. */
  get url(): string {
    return `http://${MACHINE}:${String(this.port)}`;
  }

  /** Starts it on the same data and the same port. */
  async restart(): Promise<void> {
    const port = String(this.port);
    const child = spawn(
      headlessProgram(),
      [
        ...['serve', '--ip', this.ip, '--no-mdns', '--port', port, '--data-dir', this.dataDir],
        ...this.options,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    endWithUs(child);
    this.#child = child;
    const link = `http://127.0.0.1:${port}/enter#`;
    for await (const line of createInterface({ input: child.stdout })) {
      const at = line.indexOf(link);
      if (at < 0) continue;
      this.facilitatorLink = line.slice(at).trim();
      // The rest of what it says is read and dropped, so that its pipe never fills.
      child.stdout.resume();
      return;
    }
    throw new Error('codelabs ended before it printed a facilitator link');
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGKILL');
  }

  /** Ends it, looks at what it leaves behind, and forgets its data. */
  async stop(): Promise<void> {
    if (this.#child) await end(this.#child, 'SIGTERM');
    await verify(this.dataDir);
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
