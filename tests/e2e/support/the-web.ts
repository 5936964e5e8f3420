/** What stands for the internet in a test: a server of this machine with pictures. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const SQUARE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200"><rect width="200" height="200" fill="#1565c0"/></svg>';

export class TheWeb {
  /** What was asked for, by whom. */
  readonly asked: { path: string; agent: string }[] = [];
  readonly #server = createServer((request, response) => {
    const path = request.url ?? '';
    this.asked.push({ path, agent: request.headers['user-agent'] ?? '' });
    if (path.includes('gone')) response.writeHead(404).end();
    else if (path.includes('held')) this.#held.push(response);
    else response.end(SQUARE);
  });
  readonly #held: ServerResponse[] = [];

  static async start(): Promise<TheWeb> {
    const web = new TheWeb();
    await new Promise<void>((resolve) => web.#server.listen(0, '127.0.0.1', resolve));
    return web;
  }

  /** The address of a picture: one that is `gone`, one that is `held`, or a blue square. */
  at(name: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${String(port)}/${name}`;
  }

  /** Lets go what is held. */
  release(): void {
    for (const response of this.#held.splice(0)) response.end(SQUARE);
  }

  /** Nobody answers any more. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
