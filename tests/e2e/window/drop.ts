/**
 * Files dropped on the window as a file manager does it: the source's side of the XDND protocol,
 * version 5 (https://freedesktop.org/wiki/Specifications/XDND/).
 */
import { pathToFileURL } from 'node:url';

import type { Client, Event } from 'x11';

import { atom, onDisplay } from './display.ts';

const VERSION = 5;
/** A drop that the window has not taken by then is none, in milliseconds. */
const PATIENCE_MS = 20_000;

/** Drags these files to a point of the screen that `window` covers, and lets go. */
export async function dropFiles(
  window: number,
  at: { x: number; y: number },
  paths: readonly string[],
): Promise<void> {
  await onDisplay(async ({ client, screen }) => {
    const source = client.AllocID();
    client.CreateWindow(source, screen[0]?.root ?? 0, 0, 0, 1, 1);
    const drag = await Drag.begin(client, source, window, at, paths);
    await drag.ended;
    client.DestroyWindow(source);
  });
}

const NAMES = [
  'XdndActionCopy',
  'XdndDrop',
  'XdndEnter',
  'XdndFinished',
  'XdndPosition',
  'XdndSelection',
  'XdndStatus',
  'text/uri-list',
] as const;
type Atoms = Record<(typeof NAMES)[number], number>;

class Drag {
  readonly ended: Promise<void>;

  private constructor(
    readonly client: Client,
    readonly source: number,
    readonly window: number,
    readonly at: { x: number; y: number },
    readonly list: Buffer,
    readonly atoms: Atoms,
  ) {
    this.ended = new Promise((finished, failed) => {
      const timer = setTimeout(() => {
        failed(new Error('the window did not take what was dropped on it'));
      }, PATIENCE_MS);
      client.on('event', (event) => {
        if (!this.#heard(event)) return;
        clearTimeout(timer);
        finished();
      });
    });
  }

  static async begin(
    client: Client,
    source: number,
    window: number,
    at: { x: number; y: number },
    paths: readonly string[],
  ): Promise<Drag> {
    const numbers = await Promise.all(NAMES.map((name) => atom(client, name)));
    const atoms = Object.fromEntries(
      NAMES.map((name, position) => [name, numbers[position] ?? 0]),
    ) as Atoms;
    const list = Buffer.from(paths.map((path) => `${pathToFileURL(path).href}\r\n`).join(''));
    const drag = new Drag(client, source, window, at, list, atoms);
    client.SetSelectionOwner(source, atoms.XdndSelection);
    // The version is in the highest byte; the lowest bit says that there are more than three types.
    drag.#tell('XdndEnter', [VERSION * 2 ** 24, atoms['text/uri-list'], 0, 0]);
    drag.#move();
    return drag;
  }

  #move(): void {
    const { x, y } = this.at;
    this.#tell('XdndPosition', [0, x * 2 ** 16 + y, 0, this.atoms.XdndActionCopy]);
  }

  #tell(name: keyof Atoms, data: number[]): void {
    const values = [this.source, ...data];
    this.client.SendClientMessage(this.window, this.window, this.atoms[name], 32, values, 0);
  }

  /** Answers the window; true when it has taken everything. */
  #heard(event: Event): boolean {
    if (event.name === 'SelectionRequest') {
      const { requestor, selection, target, property, time } = event;
      this.client.ChangeProperty(0, requestor, property, target, 8, this.list);
      const answer = {
        name: 'SelectionNotify',
        seq: 0,
        time,
        requestor,
        selection,
        target,
        property,
      };
      this.client.SendEvent(requestor, 0, 0, answer);
      return false;
    }
    if (event.name !== 'ClientMessage') return false;
    if (event.message_type === this.atoms.XdndFinished) return true;
    if (event.message_type !== this.atoms.XdndStatus) return false;
    // Until the window has looked at what is offered it says no: the hand is still moving.
    const isWelcome = ((event.data[1] ?? 0) & 1) === 1;
    if (isWelcome) this.#tell('XdndDrop', [0, 0, 0, 0]);
    else this.#move();
    return false;
  }
}
