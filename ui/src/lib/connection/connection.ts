/**
 * One live connection and its successors: hello, resume, backoff. It knows the wire's frame order
 * and nothing of what a workshop is.
 */
import type { ServerMessage } from '$lib/api/wire';

import { Backoff, hurriedMs } from './backoff';
import type { Command } from './outbox';

/** What the badge shows. */
export type ConnectionStatus =
  /** The first attempt. */
  | 'connecting'
  /** Everything the server says arrives. */
  | 'live'
  /** Was live; trying again. */
  | 'reconnecting'
  /** Tried in vain for a while, or the browser has no network. */
  | 'offline'
  /** This browser has no seat (any more). */
  | 'no_seat'
  /** The page is older than the server. */
  | 'outdated';

/** The protocol number of these pages. */
export const PROTOCOL = 3;

/** Without any frame for this long the connection is dead (docs/PROTOCOL.md: Heartbeat). */
const SILENCE_MS = 40_000;

/** Attempts in vain before the badge says offline. */
const OFFLINE_AFTER = 2;

const CLOSED_NO_SEAT = 4401;
const CLOSED_WRONG_PROTOCOL = 4426;
/** Newer tabs took its place; coming back unseen would take it from one of them. */
const CLOSED_TOO_MANY = 4429;

export interface ConnectionEvents {
  /** The last `seq` this browser has seen; absent to be given a snapshot. */
  after(): number | undefined;
  message(message: ServerMessage): void;
  status(status: ConnectionStatus): void;
  /** The server greeted: now is the time to send what waits. */
  open(): void;
  /** An attempt failed; look for the server elsewhere. */
  failed(attempt: number): void;
}

export class Connection {
  readonly #url: string;
  readonly #events: ConnectionEvents;
  readonly #backoff = new Backoff();
  #socket: WebSocket | null = null;
  /** Attempts since the last welcome. */
  #attempt = 0;
  #wasLive = false;
  /** When the server greeted this connection. */
  #liveSince: number | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  /** When the next attempt is made. */
  #retryAt = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #stopped = true;

  constructor(workshop: string, events: ConnectionEvents) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const path = `/api/v1/workshops/${encodeURIComponent(workshop)}/live`;
    this.#url = `${scheme}://${location.host}${path}`;
    this.#events = events;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    addEventListener('online', this.#hurry);
    document.addEventListener('visibilitychange', this.#hurry);
    this.#events.status('connecting');
    this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    removeEventListener('online', this.#hurry);
    document.removeEventListener('visibilitychange', this.#hurry);
    clearTimeout(this.#retry);
    this.#drop();
  }

  /** Sends a command if the server can hear it; otherwise it waits in the outbox. */
  send(command: Command): void {
    if (this.#socket?.readyState === WebSocket.OPEN && this.#wasLive) {
      this.#socket.send(JSON.stringify(command));
    }
  }

  readonly #hurry = (): void => {
    if (this.#stopped || this.#socket !== null || document.hidden) return;
    const waitMs = hurriedMs(Math.random());
    if (performance.now() + waitMs < this.#retryAt) this.#connectIn(waitMs);
  };

  #connectIn(waitMs: number): void {
    clearTimeout(this.#retry);
    this.#retryAt = performance.now() + waitMs;
    this.#retry = setTimeout(() => {
      this.#connect();
    }, waitMs);
  }

  #connect(): void {
    this.#drop();
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    this.#listenForSilence();
    socket.onopen = () => {
      const after = this.#events.after();
      const hello = { type: 'hello', protocol: PROTOCOL };
      socket.send(JSON.stringify(after === undefined ? hello : { ...hello, after }));
    };
    socket.onmessage = (event: MessageEvent<string>) => {
      this.#listenForSilence();
      // The server's frames are generated from the same definition as these types.
      const message = JSON.parse(event.data) as ServerMessage;
      this.#events.message(message);
      if (message.type === 'welcome') this.#greeted();
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lost(event.code);
    };
  }

  #greeted(): void {
    this.#attempt = 0;
    this.#wasLive = true;
    this.#liveSince = performance.now();
    this.#events.status('live');
    this.#events.open();
  }

  #lost(code: number): void {
    const livedMs = this.#liveSince === undefined ? 0 : performance.now() - this.#liveSince;
    this.#drop();
    if (this.#stopped) return;
    if (code === CLOSED_NO_SEAT || code === CLOSED_WRONG_PROTOCOL) {
      this.stop();
      this.#events.status(code === CLOSED_NO_SEAT ? 'no_seat' : 'outdated');
      return;
    }
    this.#events.failed(this.#attempt);
    const offline = !navigator.onLine || this.#attempt >= OFFLINE_AFTER;
    this.#events.status(offline ? 'offline' : 'reconnecting');
    this.#attempt += 1;
    this.#retryAt = Infinity;
    if (code === CLOSED_TOO_MANY && document.hidden) return;
    this.#connectIn(this.#backoff.waitMs({ code, livedMs }, Math.random()));
  }

  #listenForSilence(): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      // A peer that vanished without a word: do not wait for the browser to notice.
      this.#lost(0);
    }, SILENCE_MS);
  }

  #drop(): void {
    clearTimeout(this.#silence);
    const socket = this.#socket;
    this.#socket = null;
    this.#wasLive = false;
    this.#liveSince = undefined;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
