import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { Connection, type ConnectionStatus } from './connection';

/** What the browser would give: a socket whose other end is this test. */
class Wire {
  static readonly OPEN = 1;
  static opened: Wire[] = [];
  readyState = Wire.OPEN;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    Wire.opened.push(this);
  }

  send(): void {
    // Nobody listens.
  }

  close(): void {
    this.readyState = 3;
  }

  /** The server greets. */
  welcome(): void {
    this.onopen?.();
    this.onmessage?.({ data: JSON.stringify({ type: 'welcome' }) });
  }

  /** The connection ends, as the server or the network has it. */
  end(code = 1006): void {
    this.onclose?.({ code });
  }
}

let statuses: ConnectionStatus[];
let connection: Connection;

/** The newest connection. */
function wire(): Wire {
  const newest = Wire.opened.at(-1);
  if (newest === undefined) throw new Error('nothing was opened');
  return newest;
}

/** How many milliseconds from now the next attempt is made. */
function nextAttemptMs(): number {
  const before = Wire.opened.length;
  const began = performance.now();
  while (Wire.opened.length === before) vi.advanceTimersToNextTimer();
  return performance.now() - began;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', Wire);
  // Always the middle of what is possible.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  Wire.opened = [];
  statuses = [];
  connection = new Connection('workshop', {
    after: () => undefined,
    message: () => undefined,
    status: (status) => statuses.push(status),
    open: () => undefined,
    failed: () => undefined,
  });
  connection.start();
});

afterEach(() => {
  connection.stop();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('waits grow while nobody greets, and a TCP connection alone proves nothing', () => {
  const waits = [1, 2, 3, 4].map(() => {
    wire().onopen?.();
    wire().end();
    return nextAttemptMs();
  });
  expect(waits).toEqual([500, 1000, 2000, 2000]);
  expect(statuses).toEqual(['connecting', 'reconnecting', 'reconnecting', 'offline', 'offline']);
});

test('a welcome starts the waits low again only when the connection holds', () => {
  wire().end();
  nextAttemptMs();
  wire().welcome();
  wire().end();
  expect(nextAttemptMs()).toBe(1000);
  wire().welcome();
  expect(statuses.at(-1)).toBe('live');
  vi.advanceTimersByTime(5000);
  wire().end();
  expect(nextAttemptMs()).toBe(500);
});

test('a goodbye of the server spreads the first attempt over the longest wait', () => {
  wire().welcome();
  vi.advanceTimersByTime(30_000);
  wire().end(1001);
  expect(nextAttemptMs()).toBe(2000);
});

test.each(['online', 'visible'])('%s shortens the wait and does not end it', (event) => {
  [1, 2, 3].forEach(() => {
    wire().end();
    nextAttemptMs();
  });
  wire().end();
  const before = Wire.opened.length;
  if (event === 'online') dispatchEvent(new Event('online'));
  else document.dispatchEvent(new Event('visibilitychange'));
  expect(Wire.opened).toHaveLength(before);
  expect(nextAttemptMs()).toBe(500);
});

test('news of the network never makes a wait longer, nor a second connection', () => {
  vi.mocked(Math.random).mockReturnValue(0.1);
  wire().end();
  vi.mocked(Math.random).mockReturnValue(0.9);
  dispatchEvent(new Event('online'));
  expect(nextAttemptMs()).toBe(100);
  const before = Wire.opened.length;
  dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(10_000);
  expect(Wire.opened).toHaveLength(before);
});

test('an unseen tab whose place newer ones took comes back when somebody looks at it', () => {
  wire().welcome();
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  wire().end(4429);
  const before = Wire.opened.length;
  vi.advanceTimersByTime(3_600_000);
  expect(Wire.opened).toHaveLength(before);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(nextAttemptMs()).toBe(500);
});
