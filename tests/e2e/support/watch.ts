/** Fails a test when a page misbehaves out of sight: leaves the machine, logs an error, throws. */
import type { BrowserContext, ConsoleMessage, Request } from '@playwright/test';
import { networkInterfaces } from 'node:os';

import { MACHINE } from './chromium.ts';

/** What a browser logs by itself while the server is down. */
const SERVER_IS_DOWN = [
  /net::ERR_(FAILED|INTERNET_DISCONNECTED|CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE|SOCKET_NOT_CONNECTED|INCOMPLETE_CHUNKED_ENCODING)/,
  /WebSocket connection to .* failed/,
];

function ownHosts(): Set<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return new Set([MACHINE, '127.0.0.1', ...addresses.map(({ address }) => address)]);
}

export class Watch {
  readonly #hosts = ownHosts();
  readonly #allowed: RegExp[] = [];
  readonly problems: string[] = [];

  /** From now on everything that pages of this context do is looked at. */
  follow(context: BrowserContext): void {
    context.on('request', (request) => {
      this.#requested(request);
    });
    context.on('console', (message) => {
      this.#logged(message);
    });
    context.on('weberror', (error) => {
      this.#note(`a page threw: ${error.error().stack ?? error.error().message}`);
    });
  }

  /** This answer of the server is what the test is about. */
  expectStatus(status: number): void {
    this.#allowed.push(new RegExp(`responded with a status of ${String(status)}`));
  }

  /** The server is killed in this test. */
  expectOutage(): void {
    this.#allowed.push(...SERVER_IS_DOWN);
  }

  #requested(request: Request): void {
    const { protocol, hostname } = new URL(request.url());
    if (protocol === 'data:' || protocol === 'blob:' || this.#hosts.has(hostname)) return;
    this.#note(`a page left this machine: ${request.url()}`);
  }

  #logged(message: ConsoleMessage): void {
    if (message.type() !== 'error') return;
    this.#note(`a page logged: ${message.text()} (${message.location().url})`);
  }

  #note(problem: string): void {
    if (!this.#allowed.some((pattern) => pattern.test(problem))) this.problems.push(problem);
  }
}
