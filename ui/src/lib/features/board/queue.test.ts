import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { HelpRequest } from '$lib/api/wire';

import HelpCard from './HelpCard.svelte';
import { QueueAlerts } from './queue-alerts.svelte';
import RecentlyHelped from './RecentlyHelped.svelte';
import { attendee, facilitator, waits } from './testing';

const ada = attendee(2, { name: 'Ada' });
const bob = attendee(3, { name: 'Bob' });

/** Stands in for what a test browser does not have: the desktop's notifications. */
const shown: string[] = [];
class Desktop {
  static permission: NotificationPermission = 'granted';
  static requestPermission = (): Promise<NotificationPermission> =>
    Promise.resolve(Desktop.permission);
  onclick: (() => void) | null = null;
  constructor(title: string) {
    shown.push(title);
  }
}

beforeEach(() => {
  localStorage.clear();
  shown.length = 0;
  Desktop.permission = 'granted';
  vi.stubGlobal('Notification', Desktop);
  vi.stubGlobal('isSecureContext', true);
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('nothing rings or shows until it is switched on, and that is remembered', async () => {
  const alerts = new QueueAlerts();
  alerts.look([]);
  alerts.look([waits(ada, 1)]);
  expect([alerts.sound, alerts.notification, shown]).toEqual([false, false, []]);
  await alerts.setNotification(true);
  expect(new QueueAlerts().notification).toBe(true);
  await alerts.setNotification(false);
  expect(new QueueAlerts().notification).toBe(false);
});

test('only who newly waits is news', async () => {
  const alerts = new QueueAlerts();
  await alerts.setNotification(true);
  const [first, second] = [waits(ada, 1), waits(bob, 2)];
  alerts.look([first]);
  expect(shown).toEqual([]);
  alerts.look([first, second]);
  expect(shown).toEqual(['Bob asks for help']);
  alerts.look([first]);
  // Handed back, and back in sight: known already.
  alerts.look([first, { ...second, takenAtMs: 3 }]);
  expect(shown).toHaveLength(1);
  alerts.look([waits(ada, 7), waits(bob, 8)]);
  expect(shown[1]).toBe('2 people ask for help');
});

test('nothing is shown to who looks at the page anyway', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const alerts = new QueueAlerts();
  await alerts.setNotification(true);
  alerts.look([]);
  alerts.look([waits(ada, 1)]);
  expect(shown).toEqual([]);
});

test('what stands in the way of notifications is known', async () => {
  vi.stubGlobal('isSecureContext', false);
  expect(new QueueAlerts().obstacle).toBe('insecure');
  vi.stubGlobal('isSecureContext', true);
  Desktop.permission = 'denied';
  const alerts = new QueueAlerts();
  expect(alerts.obstacle).toBe('denied');
  await alerts.setNotification(true);
  expect(alerts.notification).toBe(false);
  vi.stubGlobal('Notification', undefined);
  Reflect.deleteProperty(globalThis, 'Notification');
  expect(new QueueAlerts().obstacle).toBe('unsupported');
});

function card(request: HelpRequest, isMine: boolean) {
  const props = { onopen: vi.fn(), onclaim: vi.fn(), onhandback: vi.fn(), onresolve: vi.fn() };
  const at = null;
  const facts = { at, showCodelab: false, isBusy: false, isOver: false, waitedMs: 6 * 60_000 };
  render(HelpCard, { request, isMine, ...facts, ...props });
  return props;
}

const buttons = (): string[] =>
  within(screen.getByRole('article'))
    .getAllByRole('button')
    .map((button) => button.textContent.trim());

test('an open request can be taken on or resolved', async () => {
  const { onclaim, onopen } = card(waits(ada, 1), false);
  expect(buttons()).toEqual(['Ada', 'I’ll go', 'Resolved']);
  await fireEvent.click(screen.getByText('I’ll go'));
  await fireEvent.click(screen.getByText('Ada'));
  expect(onclaim).toHaveBeenCalledOnce();
  expect(onopen).toHaveBeenCalledOnce();
});

test('everybody sees who is with whom, and may hand it back', async () => {
  const request: HelpRequest = { ...waits(ada, 1), status: 'claimed', by: facilitator.person };
  const { onhandback } = card(request, false);
  expect(screen.getByText('Mina is with Ada')).toBeTruthy();
  expect(buttons()).toEqual(['Ada', 'Hand back', 'Resolved']);
  await fireEvent.click(screen.getByText('Hand back'));
  expect(onhandback).toHaveBeenCalledOnce();
});

test('one that was handed back says so', () => {
  card({ ...waits(ada, 1), takenAtMs: 5 }, false);
  expect(screen.getByText('Was handed back')).toBeTruthy();
});

test('who was helped tells how long they waited and who came', () => {
  const request: HelpRequest = {
    ...waits(ada, 0),
    status: 'resolved',
    by: facilitator.person,
    takenAtMs: 3 * 60_000,
    closedAtMs: 5 * 60_000,
  };
  render(RecentlyHelped, { requests: [request], agenda: [] });
  expect(screen.getByRole('listitem').textContent).toMatch(/Ada.*waited 3 min · by Mina/);
});
