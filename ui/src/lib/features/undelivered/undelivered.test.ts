import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { ProblemCode, ServerMessage, Snapshot } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';
import type { CommandBody } from '$lib/connection/outbox';
import { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';
import { writePollDrafts } from '$lib/workshop/poll-drafts';

import { asText, Undelivered } from './undelivered.svelte';

/** What the browser would give: a socket whose other end is this test. */
class Wire {
  static readonly OPEN = 1;
  static newest: Wire | undefined;
  readyState = Wire.OPEN;
  sent: { type: string; id?: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor() {
    Wire.newest = this;
  }

  send(frame: string): void {
    this.sent.push(JSON.parse(frame) as { type: string; id?: string });
  }

  close(): void {
    this.readyState = 3;
  }
}

const SNAPSHOT: Snapshot = {
  seq: 1,
  workshop: 'w1',
  title: 'Tuesday',
  status: 'live',
  startedAtMs: 0,
  agenda: [
    { codelab: 'git', title: 'Git', steps: [{ step: 'g1', title: 'Begin', content: 'c1' }] },
  ],
  you: {
    person: { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 },
    following: true,
    progress: [],
  },
  facilitators: [],
  messages: [],
  hasOlderMessages: false,
  polls: [
    { id: 1, form: { question: 'Why?', kind: 'text' }, openedAtMs: 0, open: true, revealed: false },
  ],
};

const MESSAGE: CommandBody = { type: 'post_message', text: 'in the dark', replyTo: 7 };

let pages: LiveWorkshop[] = [];

function wire(): Wire {
  if (Wire.newest === undefined) throw new Error('nothing was opened');
  return Wire.newest;
}

function hear(message: ServerMessage): void {
  wire().onmessage?.({ data: JSON.stringify(message) });
}

/** A page with a connection that was greeted. */
function page(seat = 3, snapshot: Partial<Snapshot> = {}): [LiveWorkshop, Undelivered] {
  for (const old of pages) old.stop();
  const you = { ...SNAPSHOT.you, person: { ...SNAPSHOT.you.person, seat } };
  const workshop = new LiveWorkshop('w1');
  pages = [workshop];
  workshop.start({ ...SNAPSHOT, you, ...snapshot });
  wire().onopen?.();
  hear({
    type: 'welcome',
    protocol: 3,
    release: '0.1.0',
    person: you.person,
    nowMs: 0,
    addresses: [],
  });
  return [workshop, new Undelivered('w1', workshop)];
}

function end(): void {
  const event = { seq: 2, atMs: 5, type: 'workshop_ended' as const };
  hear({ type: 'events', after: 1, upTo: 2, events: [event] });
}

function refuse(workshop: LiveWorkshop, code: ProblemCode): void {
  const id = workshop.pending.at(-1)?.id ?? '';
  const problem = { type: '', title: '', status: 409, code, detail: '' };
  hear({ type: 'rejected', id, problem });
}

const titles = (undelivered: Undelivered): string[] =>
  undelivered.items.map(({ title, text }) => [title, text].filter(Boolean).join(': '));

beforeEach(() => vi.stubGlobal('WebSocket', Wire));

afterEach(() => {
  for (const old of pages) old.stop();
  pages = [];
  vi.unstubAllGlobals();
  for (const key of storage.keys('')) storage.remove(key);
});

test('what is refused for good stays, with its reason, across reloads and until it is dismissed', () => {
  const [workshop, undelivered] = page();
  void workshop.send(MESSAGE);
  refuse(workshop, 'workshop_ended');
  expect(workshop.pending).toEqual([]);
  expect(titles(undelivered)).toEqual(['Chat message: in the dark']);

  const [, reloaded] = page();
  expect(titles(reloaded)).toEqual(['Chat message: in the dark']);
  expect(asText(reloaded.items)).toContain('in the dark');
  const [item] = reloaded.items;
  expect(item?.reason).toBe('The workshop had ended before it arrived.');
  item?.dismiss();
  expect(titles(page()[1])).toEqual([]);
  item?.restore();
  expect(titles(reloaded)).toEqual(['Chat message: in the dark']);
});

test('what is acknowledged is on no list', () => {
  const [workshop, undelivered] = page();
  void workshop.send(MESSAGE);
  hear({ type: 'ack', id: workshop.pending[0]?.id ?? '', seq: 2 });
  expect([...workshop.pending, ...undelivered.items]).toEqual([]);
  expect(storage.keys('outbox.')).toEqual([]);
});

test('sent again it waits under its own id, without the parent that is gone', () => {
  const [workshop, undelivered] = page();
  void workshop.send(MESSAGE);
  const id = workshop.pending[0]?.id;
  refuse(workshop, 'message_deleted');
  undelivered.items[0]?.sendAgain?.();
  expect(undelivered.items).toEqual([]);
  expect(workshop.pending.map((command) => command.id)).toEqual([id]);
  expect(wire().sent.at(-1)).toEqual({ type: 'post_message', text: 'in the dark', id });
  hear({ type: 'ack', id: id ?? '', seq: 2 });
  expect(storage.keys('outbox.')).toEqual([]);
});

test('what can never succeed is not offered again', () => {
  const [workshop, undelivered] = page();
  const outcomes: [CommandBody, ProblemCode, boolean][] = [
    [{ type: 'answer_poll', poll: 2, answer: { text: 'x' } }, 'poll_closed', false],
    [{ type: 'answer_poll', poll: 1, answer: { text: 'x' } }, 'poll_closed', true],
    [{ type: 'post_message', text: 'x' }, 'muted', true],
    [{ type: 'complete_step', codelab: 'git', step: 'g1' }, 'step_locked', true],
    [{ type: 'answer_pace', pace: 1, answer: 'done' }, 'pace_closed', false],
  ];
  for (const [body, code] of outcomes) {
    void workshop.send(body);
    refuse(workshop, code);
  }
  expect(undelivered.items.map(({ sendAgain }) => sendAgain !== undefined)).toEqual(
    outcomes.map(([, , again]) => again),
  );
  end();
  expect(undelivered.items.some(({ sendAgain }) => sendAgain)).toBe(false);
});

test('what has no words is named; turning pages is nothing', () => {
  const [workshop, undelivered] = page();
  const at = { codelab: 'git', step: 'g1' };
  for (const type of ['enter_step', 'complete_step'] as const) {
    void workshop.send({ type, ...at });
    refuse(workshop, 'workshop_ended');
  }
  expect(titles(undelivered)).toEqual(['Step 1 done: Begin']);
  undelivered.purge();
  expect(workshop.refused).toHaveLength(1);
});

test('a seat that is gone leaves what it wrote to the browser, and to the next seat', () => {
  const [workshop, undelivered] = page();
  void workshop.send(MESSAGE);
  storage.write('draft.w1', 'half a sentence');
  expect(undelivered.items).toEqual([]);
  wire().onclose?.({ code: 4401 });
  const kept = ['Chat message: in the dark', 'Unfinished chat message: half a sentence'];
  expect(titles(undelivered)).toEqual(kept);
  expect(titles(new Undelivered('w1'))).toEqual(kept);

  const [again, fromHere] = page(9);
  expect(again.pending).toEqual([]);
  expect(titles(fromHere)).toEqual(['Chat message: in the dark']);
  fromHere.items[0]?.sendAgain?.();
  expect(again.pending).toHaveLength(1);
  hear({ type: 'ack', id: again.pending[0]?.id ?? '', seq: 2 });
  expect(storage.keys('outbox.')).toEqual([]);
  expect(fromHere.items).toEqual([]);
});

test('half-written texts can be copied after the end, and begun answers once their poll is closed', () => {
  storage.write('draft.w1', 'half a sentence');
  storage.write('draft.w1.3', 'between us');
  storage.write('draft.help.w1', ' ');
  writePollDrafts('w1', new Map([[1, { text: 'because' }]]));
  const [, undelivered] = page();
  expect(undelivered.items).toEqual([]);
  hear({
    type: 'events',
    after: 1,
    upTo: 2,
    events: [{ seq: 2, atMs: 5, type: 'poll_closed', poll: 1 }],
  });
  expect(titles(undelivered)).toEqual(['Answer to “Why?”: because']);
  hear({
    type: 'events',
    after: 2,
    upTo: 3,
    events: [{ seq: 3, atMs: 6, type: 'workshop_ended' }],
  });
  expect(titles(undelivered)).toEqual([
    'Unfinished chat message: half a sentence',
    'Unfinished direct message: between us',
    'Answer to “Why?”: because',
  ]);
  const { items } = undelivered;
  for (const item of items) item.dismiss();
  expect(undelivered.items).toEqual([]);
  for (const item of items) item.restore();
  expect(undelivered.count).toBe(3);
});

test('without storage it is kept by the page, which knows', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => null,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
    removeItem: () => undefined,
    key: () => null,
    length: 0,
  });
  const [workshop, undelivered] = page();
  expect(undelivered.isVolatile).toBe(false);
  void workshop.send(MESSAGE);
  refuse(workshop, 'workshop_ended');
  expect(titles(undelivered)).toEqual(['Chat message: in the dark']);
  expect(undelivered.isVolatile).toBe(true);
});

test('a late acknowledgement takes a refused command off the list', () => {
  const [workshop, undelivered] = page();
  void workshop.send({ type: 'post_message', text: 'twice' });
  const id = workshop.pending[0]?.id ?? '';
  refuse(workshop, 'slow_mode');
  expect(undelivered.count).toBe(1);
  hear({ type: 'ack', id, seq: 2 });
  expect(undelivered.count).toBe(0);
});
