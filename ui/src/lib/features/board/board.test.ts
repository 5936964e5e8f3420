import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';

import type { HelpRequest, Person, RosterEntry, Snapshot } from '$lib/api/wire';
import { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';
import { modelOf } from '$lib/workshop/model';

import Board from './Board.svelte';
import HelpQueue from './HelpQueue.svelte';
import { QueueAlerts } from './queue-alerts.svelte';
import { BEYOND } from './row-window';
import { attendee, MINUTE } from './testing';

afterEach(cleanup);

const mina: Person = { seat: 1, role: 'facilitator', name: 'Mina', ordinal: 1 };
const ada: Person = { seat: 2, role: 'attendee', name: 'Ada', ordinal: 1 };
const bob: Person = { seat: 3, role: 'attendee', name: 'Bob', ordinal: 1 };

const steps = ['Start', 'Branches'].map((title, index) => ({
  step: `s${String(index)}`,
  title,
  minutes: 5,
  content: 'hash',
}));

function at(person: Person, current: string, completed: string[] = []): RosterEntry {
  const progress = [{ codelab: 'git', current, enteredAtMs: 0, completed }];
  return { person, joinedAtMs: 0, activeAtMs: 0, following: true, progress, lastCodelab: 'git' };
}

interface Facts {
  helpRequests?: HelpRequest[];
  roster?: RosterEntry[];
  isLive?: boolean;
}

function workshop({ helpRequests = [], roster, isLive = false }: Facts = {}): LiveWorkshop {
  const snapshot: Snapshot = {
    seq: 9,
    workshop: 'w',
    title: 'Git',
    startedAtMs: 0,
    ...(isLive ? { status: 'live' } : { status: 'ended', endedAtMs: 240_000 }),
    agenda: [{ codelab: 'git', title: 'Git', steps }],
    you: { person: mina, following: true, progress: [] },
    facilitators: [mina],
    messages: [],
    hasOlderMessages: false,
    facilitation: {
      joinCode: 'ABCDEF',
      codeRequired: true,
      roster: roster ?? [
        { person: mina, joinedAtMs: 0, activeAtMs: 0, following: true, progress: [] },
        at(bob, 's0'),
        at(ada, 's1', ['s0']),
      ],
      helpRequests,
    },
  };
  const live = new LiveWorkshop('w');
  live.model = { ...modelOf(snapshot), online: new Set([ada.seat]) };
  return live;
}

/** The rows of people, below the head and the counts. */
const people = (): HTMLElement[] => screen.getAllByRole('row').slice(2);
const names = (): string[] =>
  people().map((row) => within(row).getByRole('button').textContent.trim().split(/\s/)[0] ?? '');

test('a row per attendee, a cell per step, and how long they have been there', () => {
  render(Board, { workshop: workshop(), onopen: vi.fn() });
  expect(names()).toEqual(['Ada', 'Bob']);
  const cells = within(people().at(0) ?? document.body).getAllByRole('cell');
  expect(cells.map((cell) => cell.textContent.trim())).toEqual(['done', '4m here now, 4 min']);
});

test('searching, and showing only who is at a step', async () => {
  render(Board, { workshop: workshop(), onopen: vi.fn() });
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'bo' } });
  expect(names()).toEqual(['Bob']);
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: '' } });
  await fireEvent.click(screen.getByRole('button', { name: /Step 2, Branches/ }));
  expect(names()).toEqual(['Ada']);
  await fireEvent.click(screen.getByRole('button', { name: /Step 2, Branches/ }));
  expect(names()).toEqual(['Ada', 'Bob']);
});

test('a name opens the person', async () => {
  const onopen = vi.fn();
  render(Board, { workshop: workshop(), onopen });
  await fireEvent.click(screen.getByRole('button', { name: /Bob/ }));
  expect(onopen).toHaveBeenCalledWith(expect.objectContaining({ person: bob }));
});

test('the queue shows who waits, where and with what, own requests first', () => {
  const waiting: HelpRequest[] = [
    { id: 1, from: bob, raisedAtMs: 180_000, status: 'open', message: 'stuck' },
    {
      id: 2,
      from: ada,
      raisedAtMs: 200_000,
      status: 'claimed',
      by: mina,
      codelab: 'git',
      step: 's1',
    },
  ];
  render(HelpQueue, { workshop: workshop({ helpRequests: waiting }), alerts: new QueueAlerts() });
  const [first, second] = screen.getAllByRole('article').map((card) => card.textContent);
  expect(first).toContain('Ada');
  expect(first).toContain('Step 2 · Branches');
  expect(first).toContain('You are on the way');
  expect(second).toContain('stuck');
  expect(second).toContain('1 min');
});

test('the room in a sentence, and the people behind each figure', async () => {
  const roster = [at(bob, 's0'), at(ada, 's1', ['s0'])];
  const live = workshop({ roster, isLive: true });
  // Their steps were entered at the beginning of time: both are stuck, and only Ada is here.
  live.model = live.model && { ...live.model, online: new Set([ada.seat]) };
  render(Board, { workshop: live, onopen: vi.fn() });
  expect(screen.getByText('Everybody is at step 2.')).toBeTruthy();
  const chip = (name: string): HTMLElement => screen.getByRole('button', { name });
  await fireEvent.click(chip('Away 1'));
  expect(names()).toEqual(['Bob']);
  await fireEvent.click(chip('Stuck 1'));
  expect(names()).toEqual(['Ada']);
  await fireEvent.click(chip('Stuck 1'));
  expect(names()).toEqual(['Ada', 'Bob']);
  const list = screen.getByRole('region', { name: 'Who is stuck' });
  expect(within(list).getByRole('button').textContent).toMatch(/Ada.*at step 2, planned 5 min/);
});

test.each([300, 1000])('of %i people only those in sight are drawn', (people) => {
  const roster = Array.from({ length: people }, (_, index) =>
    attendee(index + 2, { codelab: 'git', current: 's0', since: 4 * MINUTE }),
  );
  render(Board, { workshop: workshop({ roster }), onopen: vi.fn() });
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe(String(people + 2));
  // happy-dom has no height: nothing is in sight but what is drawn beyond the edge.
  expect(screen.getAllByRole('row')).toHaveLength(2 + BEYOND);
});
