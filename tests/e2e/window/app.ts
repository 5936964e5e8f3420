/** The desktop app in its real window, driven through tauri-driver. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { end, endWithUs, freePort } from '../support/ports.ts';
import { desktopProgram } from '../support/programs.ts';
import { MACHINE } from '../support/chromium.ts';
import { verify } from '../support/verify.ts';
import { eventually, Session } from './web-driver.ts';

/** Where `cargo install` puts the driver when it is not on the path. */
function driverProgram(): string {
  const known = spawnSync('tauri-driver', ['--help']).error === undefined;
  return known ? 'tauri-driver' : join(homedir(), '.cargo', 'bin', 'tauri-driver');
}

async function startDriver(settings: string): Promise<{ driver: ChildProcess; url: string }> {
  const [port, native] = [await freePort(), await freePort()];
  const driver = spawn(driverProgram(), ['--port', String(port), '--native-port', String(native)], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, XDG_CONFIG_HOME: settings },
  });
  endWithUs(driver);
  await eventually('tauri-driver', () => isListening(port));
  await eventually('WebKitWebDriver', () => isListening(native));
  return { driver, url: `http://127.0.0.1:${String(port)}` };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

/**
 * Whether a process has let go of its files. Its first thread is dead as soon as it has ended
 * itself, though others still run and hold what they all share: all of them must be gone.
 */
async function hasEnded(pid: number): Promise<boolean> {
  const threads = await readdir(`/proc/${String(pid)}/task`).catch(() => []);
  if (threads.length > 1) return false;
  const stat = await readFile(`/proc/${String(pid)}/stat`, 'utf8').catch(() => ') X');
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
  return state === 'Z' || state === 'X';
}

export class App {
  #driver: ChildProcess | null = null;
  #session: Session | null = null;
  /** The process that was started last. */
  #pid: number | null = null;

  private constructor(
    readonly dataDir: string,
    readonly port: number,
    /** The system's settings as the app sees them: they name the folder for downloads. */
    private readonly settings: string,
  ) {}

  /** Opens the window with an empty data folder. */
  static async open(): Promise<App> {
    const dataDir = await mkdtemp(join(tmpdir(), 'codelabs-window-'));
    const settings = await mkdtemp(join(tmpdir(), 'codelabs-settings-'));
    const app = new App(dataDir, await freePort(), settings);
    await mkdir(app.downloads);
    await writeFile(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${app.downloads}"\n`);
    await app.reopen();
    return app;
  }

  /** Where the app puts files that its pages offer. */
  get downloads(): string {
    return join(this.settings, 'downloads');
  }

  /** Where attendees' browsers find it. */
  get url(): string {
    return `http://${MACHINE}:${String(this.port)}`;
  }

  /** The window. */
  get window(): Session {
    if (!this.#session) throw new Error('the window is closed');
    return this.#session;
  }

  /** Opens the window on the same data and the same port. */
  async reopen(): Promise<void> {
    await this.#endDriver();
    const { driver, url } = await startDriver(this.settings);
    this.#driver = driver;
    const args = ['--data-dir', this.dataDir, '--port', String(this.port)];
    args.push('--ip', '127.0.0.1', '--no-mdns');
    this.#session = await Session.start(url, {
      'tauri:options': { application: desktopProgram(), args },
    });
    this.#pid = await this.pid();
  }

  /** The app's process, found by the data folder that only it was given. */
  async pid(): Promise<number | null> {
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
      if (command.split('\0').includes(this.dataDir)) return Number(entry);
    }
    return null;
  }

  /** `kill -9` of the app, in the middle of whatever it does. */
  async kill(): Promise<void> {
    await this.#signal('SIGKILL');
  }

  /** Asks the app to end, as the system does before it goes down. */
  async ask(): Promise<void> {
    await this.#signal('SIGTERM');
  }

  async #signal(signal: NodeJS.Signals): Promise<void> {
    const pid = await this.pid();
    if (pid === null) throw new Error('the app does not run');
    process.kill(pid, signal);
    await this.isGone();
    this.#session = null;
  }

  /** The database's file and what SQLite keeps beside it. */
  async databaseFiles(): Promise<string[]> {
    return (await readdir(this.dataDir)).filter((name) => /\.db/.test(name));
  }

  /** Waits until the app's process has ended, and with it all that it held. */
  async isGone(): Promise<void> {
    const pid = this.#pid;
    if (pid !== null) await eventually('the end of the app', () => hasEnded(pid));
  }

  /** Ends everything that was started, looks at what is left behind, and forgets the data. */
  async close(): Promise<void> {
    await this.#session?.close().catch(() => undefined);
    const pid = await this.pid();
    if (pid !== null) process.kill(pid, 'SIGKILL');
    await this.isGone();
    await this.#endDriver();
    await verify(this.dataDir);
    for (const folder of [this.dataDir, this.settings]) {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** The driver takes the native driver that it started along when it is asked to end. */
  async #endDriver(): Promise<void> {
    if (this.#driver) await end(this.#driver, 'SIGTERM');
    this.#driver = null;
  }
}
