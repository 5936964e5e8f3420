import { cleanup, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';

import type { Message, StepTime } from '$lib/api/wire';

import { messagesOf, spentMs } from './person-timeline.svelte';
import PersonMessages from './PersonMessages.svelte';
import PersonSteps from './PersonSteps.svelte';
import { attendee, facilitator, git, MINUTE } from './testing';

afterEach(cleanup);

const ada = attendee(2, { name: 'Ada', current: 'b', since: 8 * MINUTE, completed: ['a'] });

function time(step: string, facts: Partial<StepTime> = {}): StepTime {
  const none = { visits: 1, spentMs: 0, untilMs: 0, here: false };
  return { codelab: 'git', step, ...none, ...facts };
}

test('time goes on where they work, and stands still where they were', () => {
  const here = time('b', { spentMs: 2 * MINUTE, untilMs: 10 * MINUTE, here: true });
  expect(spentMs(here, true, 15 * MINUTE)).toBe(7 * MINUTE);
  expect(spentMs(here, false, 15 * MINUTE)).toBe(2 * MINUTE);
  expect(spentMs({ ...here, here: false }, true, 15 * MINUTE)).toBe(2 * MINUTE);
  expect(spentMs(here, true, 9 * MINUTE)).toBe(2 * MINUTE);
});

test('each step tells when, for how long and how often', () => {
  const times = [
    time('a', { enteredAtMs: 0, spentMs: 12 * MINUTE, visits: 2, completedAtMs: 4 * MINUTE }),
    time('b', { enteredAtMs: 8 * MINUTE, untilMs: 8 * MINUTE, here: true }),
  ];
  const facts = { codelab: git, entry: ada, times, isWorking: true, nowMs: 11 * MINUTE };
  render(PersonSteps, facts);
  const steps = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(steps[0]).toMatch(/12 min \(planned 5 min\).*done at.*2 visits/s);
  expect(steps[1]).toMatch(/3 min \(planned 5 min\).*there now/s);
  expect(steps[2]?.trim()).toBe('3 c');
});

const message = (id: number, facts: Partial<Message> = {}): Message => ({
  id,
  kind: 'chat',
  from: ada.person,
  atMs: id,
  text: `text ${String(id)}`,
  ...facts,
});

test('messages: by them and directly to them, the newest first, as the page knows them', () => {
  const answer = message(4, { kind: 'direct', from: facilitator.person, with: ada.person });
  const known = [message(1), message(2)];
  const snapshot = {
    messages: [message(2, { text: '', deleted: true }), message(3, { from: facilitator.person })],
    directMessages: [answer],
  };
  const found = messagesOf(2, known, snapshot);
  expect(found.map(({ id }) => id)).toEqual([4, 2, 1]);
  render(PersonMessages, { messages: found, hasOlder: true });
  const said = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(said[0]).toMatch(/Mina to Ada.*Direct.*text 4/s);
  expect(said[1]).toContain('Deleted');
  expect(screen.getByText(/Older ones/)).toBeTruthy();
});
