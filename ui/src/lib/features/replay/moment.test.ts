import { expect, test } from 'vitest';

import type { AgendaCodelab, Message, RosterEntry, Snapshot } from '$lib/api/wire';

import { inSight, Lines, saidBy, waitingAt } from './moment';

const codelab: AgendaCodelab = {
  codelab: 'git',
  title: 'Git',
  steps: ['g1', 'g2', 'g3'].map((step) => ({ step, title: step, content: '' })),
};

const ada: RosterEntry = {
  person: { seat: 2, role: 'attendee', name: 'Ada', ordinal: 1 },
  joinedAtMs: 0,
  activeAtMs: 0,
  following: true,
  lastCodelab: 'git',
  progress: [{ codelab: 'git', current: 'g2', completed: ['g1'] }],
};

function room(...roster: RosterEntry[]): Snapshot {
  const facilitation = { joinCode: '', codeRequired: true, roster, helpRequests: [] };
  return { messages: [], facilitation } as unknown as Snapshot;
}

test('a line says where somebody is and what they have done', () => {
  const [line] = new Lines(codelab).of(room(ada));
  expect(line).toMatchObject({ label: 'Ada', marks: ['done', 'here', 'none'], done: 1 });
});

test('who is in another codelab is nowhere in this one', () => {
  const [line] = new Lines(codelab).of(room({ ...ada, lastCodelab: 'python' }));
  expect(line?.marks).toEqual(['done', 'none', 'none']);
});

test('facilitators are not on the board', () => {
  const grace: RosterEntry = { ...ada, person: { ...ada.person, role: 'facilitator' } };
  expect(new Lines(codelab).of(room(grace))).toEqual([]);
});

test('nothing changed, nothing is drawn', () => {
  const lines = new Lines(codelab);
  const bob = { ...ada, person: { ...ada.person, seat: 3 } };
  const [first, second] = lines.of(room(ada, bob));
  const [again, moved] = lines.of(room(ada, { ...bob, lastCodelab: 'git' }));
  expect(again).toBe(first);
  expect(moved).not.toBe(second);
});

test('what was said, the newest first, whoever could hear it', () => {
  const message = (id: number): Message => ({ id, text: String(id) }) as unknown as Message;
  const snapshot = {
    ...room(),
    messages: [1, 2, 5].map(message),
    directMessages: [3, 4].map(message),
  };
  expect(saidBy(snapshot, 4).map(({ id }) => id)).toEqual([5, 4, 3, 2]);
});

test('who waits is who is not helped yet', () => {
  const snapshot = room(ada);
  const request = (id: number, status: string): unknown => ({ id, status });
  const helpRequests = [request(1, 'resolved'), request(2, 'open'), request(3, 'claimed')];
  const waiting = { ...snapshot, facilitation: { ...snapshot.facilitation, helpRequests } };
  expect(waitingAt(waiting as unknown as Snapshot).map(({ id }) => id)).toEqual([2, 3]);
});

test('only what can be seen is drawn, and some more', () => {
  expect(inSight(300, 20, 0, 200)).toEqual({ from: 0, to: 16 });
  expect(inSight(300, 20, 2000, 200)).toEqual({ from: 94, to: 116 });
  expect(inSight(300, 20, 5800, 200)).toEqual({ from: 284, to: 300 });
  expect(inSight(3, 20, 5800, 200)).toEqual({ from: 3, to: 3 });
  expect(inSight(0, 20, 0, 0)).toEqual({ from: 0, to: 0 });
});
