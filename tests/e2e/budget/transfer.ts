/** Counts what a page transfers, by the browser's own figures. */
import type { CDPSession } from '@playwright/test';

export const KINDS = ['html', 'css', 'js', 'api', 'step', 'images', 'websocket', 'other'] as const;
export type Kind = (typeof KINDS)[number];

export interface Share {
  requests: number;
  bytes: number;
}

/** A transfer, with the codelab's own pictures apart: they are not the product's. */
export interface Transfer {
  kinds: Record<Kind, Share>;
  codelabImages: Share;
}

interface Started {
  url: string;
  type: string;
}

/** RFC 6455: a small frame costs 2 bytes of header, a larger one 4, and masked ones 4 more. */
function frameBytes(payload: string, isMasked: boolean): number {
  const bytes = Buffer.byteLength(payload);
  return bytes + (bytes > 125 ? 4 : 2) + (isMasked ? 4 : 0);
}

/** What a codelab brings along is served from here. */
const isCodelabImage = (path: string): boolean => path.startsWith('/api/v1/files/');

function kindOf({ url, type }: Started): Kind {
  const { pathname } = new URL(url);
  if (pathname.startsWith('/api/v1/contents/')) return 'step';
  if (pathname.startsWith('/api/')) return 'api';
  if (type === 'Document') return 'html';
  if (type === 'Stylesheet' || pathname.endsWith('.css')) return 'css';
  if (type === 'Script' || pathname.endsWith('.js')) return 'js';
  if (type === 'Image' || pathname.endsWith('.svg')) return 'images';
  return 'other';
}

export class Meter {
  readonly #started = new Map<string, Started>();
  readonly #open = new Set<string>();
  #isClosed = false;
  #settled: () => void = () => undefined;
  readonly transfer: Transfer = {
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, { requests: 0, bytes: 0 }])) as Record<
      Kind,
      Share
    >,
    codelabImages: { requests: 0, bytes: 0 },
  };
  /** Every request, for a closer look. */
  readonly log: { kind: Kind | 'codelab image'; bytes: number; path: string }[] = [];

  /** Counts from now on. */
  static async of(session: CDPSession): Promise<Meter> {
    const meter = new Meter();
    session.on('Network.requestWillBeSent', ({ requestId, request, type }) => {
      if (meter.#isClosed) return;
      meter.#started.set(requestId, { url: request.url, type: type ?? 'Other' });
      meter.#open.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      meter.#finished(requestId, encodedDataLength);
    });
    session.on('Network.loadingFailed', ({ requestId }) => {
      meter.#over(requestId);
    });
    const socket = meter.transfer.kinds.websocket;
    session.on('Network.webSocketCreated', () => (socket.requests += 1));
    session.on('Network.webSocketHandshakeResponseReceived', ({ response }) => {
      const texts = [response.headersText, response.requestHeadersText];
      for (const text of texts) socket.bytes += Buffer.byteLength(text ?? '');
    });
    session.on('Network.webSocketFrameSent', ({ response }) => {
      socket.bytes += frameBytes(response.payloadData, true);
    });
    session.on('Network.webSocketFrameReceived', ({ response }) => {
      socket.bytes += frameBytes(response.payloadData, false);
    });
    await session.send('Network.enable');
    return meter;
  }

  /** Counts nothing that is asked for later; waits for what was asked for before. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#open.size > 0) await new Promise<void>((resolve) => (this.#settled = resolve));
  }

  get requests(): number {
    return KINDS.reduce((sum, kind) => sum + this.transfer.kinds[kind].requests, 0);
  }

  get bytes(): number {
    return KINDS.reduce((sum, kind) => sum + this.transfer.kinds[kind].bytes, 0);
  }

  #over(id: string): void {
    this.#open.delete(id);
    if (this.#isClosed && this.#open.size === 0) this.#settled();
  }

  #finished(id: string, bytes: number): void {
    const started = this.#started.get(id);
    this.#over(id);
    if (!started || !started.url.startsWith('http')) return;
    const path = new URL(started.url).pathname;
    const kind = kindOf(started);
    const share = isCodelabImage(path) ? this.transfer.codelabImages : this.transfer.kinds[kind];
    share.requests += 1;
    share.bytes += bytes;
    this.log.push({ kind: isCodelabImage(path) ? 'codelab image' : kind, bytes, path });
  }
}
