import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { Result } from '$lib/api/materials';
import type { MaterialList, Problem, ProblemCode, Upload, UploadProgress } from '$lib/api/wire';

import { Sending, type SendingApi } from './sending.svelte';

const MEGABYTE = 1024 * 1024;
const file = new Blob([new Uint8Array(6 * MEGABYTE)]);
const upload: Upload = {
  id: 'u',
  title: 'Starter',
  fileName: 'starter.zip',
  sizeBytes: file.size,
  receivedBytes: 0,
};
const problem = (code: ProblemCode): Problem => ({
  type: `/problems/${code}`,
  code,
  status: 0,
  title: '',
  detail: '',
});

/** A server that keeps pieces; the next answers can be decided before. */
class Server implements SendingApi {
  received = 0;
  readonly offsets: number[] = [];
  readonly failures: ProblemCode[] = [];

  sendPiece(
    _codelab: string,
    _id: string,
    offset: number,
    piece: Blob,
  ): Promise<Result<UploadProgress>> {
    this.offsets.push(offset);
    const code = this.failures.shift();
    if (code !== undefined) return Promise.resolve({ ok: false, problem: problem(code) });
    if (offset !== this.received)
      return Promise.resolve({ ok: false, problem: problem('piece_out_of_place') });
    this.received += piece.size;
    const isWhole = this.received === file.size;
    return Promise.resolve({ ok: true, value: { receivedBytes: this.received, isWhole } });
  }

  codelabMaterials(): Promise<Result<MaterialList>> {
    const uploads = [{ ...upload, receivedBytes: this.received }];
    return Promise.resolve({ ok: true, value: { materials: [], uploads } });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a file is sent piece by piece until it is whole', async () => {
  const server = new Server();
  const sending = new Sending('c', upload, server);
  expect(sending.state).toBe('lost');
  await sending.send(file);
  expect(sending.state).toBe('whole');
  expect(server.offsets).toEqual([0, 4 * MEGABYTE]);
  expect(sending.sentBytes).toBe(file.size);
});

test('it goes on by itself when the network comes back', async () => {
  const server = new Server();
  server.failures.push('unavailable');
  const sending = new Sending('c', upload, server);
  await sending.send(file);
  expect(sending.state).toBe('waiting');
  await vi.advanceTimersByTimeAsync(2000);
  expect(sending.state).toBe('whole');
});

test('a lost answer is asked for, and nothing is sent twice', async () => {
  const server = new Server();
  server.received = 4 * MEGABYTE;
  const sending = new Sending('c', upload, server);
  await sending.send(file);
  expect(server.offsets).toEqual([0, 4 * MEGABYTE]);
  expect(sending.state).toBe('whole');
});

test('what cannot be helped is said, and can be tried again', async () => {
  const server = new Server();
  server.failures.push('storage_full');
  const sending = new Sending('c', upload, server);
  await sending.send(file);
  expect([sending.state, sending.problem?.code]).toEqual(['failed', 'storage_full']);
  await sending.send();
  expect([sending.state, sending.problem]).toEqual(['whole', null]);
});

test('only the same file goes on', () => {
  const sending = new Sending('c', upload, new Server());
  expect(sending.isOf({ name: 'starter.zip', size: file.size })).toBe(true);
  expect(sending.isOf({ name: 'starter.zip', size: 5 })).toBe(false);
  expect(sending.isOf({ name: 'other.zip', size: file.size })).toBe(false);
});
