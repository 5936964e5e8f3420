import { expect, test } from 'vitest';

import type { Entrance, EntranceWorkshop, Person } from '$lib/api/wire';

import { arrivalOf, endedOnes } from './arrival';

const ada: Person = { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 };

function workshop(id: string, more: Partial<EntranceWorkshop> = {}): EntranceWorkshop {
  return { id, title: id, status: 'live', codeRequired: true, codeMatches: false, ...more };
}

function door(...workshops: EntranceWorkshop[]): Entrance {
  return { release: '1.0.0', workshops };
}

test('nothing live: wait, and read what ended', () => {
  const entrance = door(workshop('old', { status: 'ended', seat: ada }));
  expect(arrivalOf(entrance, false)).toEqual({ kind: 'wait' });
  expect(endedOnes(entrance).map(({ id }) => id)).toEqual(['old']);
});

test('one workshop: join it', () => {
  expect(arrivalOf(door(workshop('a')), false)).toMatchObject({
    kind: 'join',
    workshop: { id: 'a' },
  });
});

test('several: choose, unless the code has chosen', () => {
  expect(arrivalOf(door(workshop('a'), workshop('b')), false).kind).toBe('choose');
  expect(arrivalOf(door(workshop('a'), workshop('b', { codeMatches: true })), false)).toMatchObject(
    { kind: 'join', workshop: { id: 'b' } },
  );
});

test('a seat leads straight on', () => {
  expect(arrivalOf(door(workshop('a', { seat: ada })), false)).toMatchObject({ kind: 'enter' });
});

test('nobody is sent on who came to choose, nor a facilitator', () => {
  const entrance = door(workshop('a', { seat: ada }));
  expect(arrivalOf(entrance, true).kind).toBe('choose');
  expect(arrivalOf({ ...entrance, facilitator: { id: 'f', name: 'Mina' } }, false).kind).toBe(
    'choose',
  );
});
