import { describe, expect, test } from 'vitest';

import type { EventMessage, Snapshot } from '$lib/api/wire';

import { apply, applyEvent } from './apply';
import folds from './folds.json';
import { modelOf } from './model';

/** A seat's view in the middle of a workshop, what it is told, and its view in the end. */
interface Fold {
  before: Snapshot;
  events: EventMessage[];
  after: Snapshot;
}

const views = folds as unknown as Fold[];

/** What the server leaves out because it is empty; and lists that are sets, in one order. */
function settled(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(settled);
    return items.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, field]) => key !== 'helpPlace' && !isEmpty(field))
    .map(([key, field]) => [key, settled(field)] as const)
    .sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(kept);
}

const isEmpty = (field: unknown): boolean =>
  field === undefined ||
  field === false ||
  field === 0 ||
  (Array.isArray(field) && field.length === 0);

describe.each(views)('seat $before.you.person.name', ({ before, events, after }) => {
  test('the page folds what it is told to what the server says', () => {
    const folded = events.reduce(applyEvent, before);
    // Events that this seat may not see move the log on.
    expect(settled({ ...folded, seq: after.seq })).toEqual(settled(after));
  });

  test('what is told twice changes nothing', () => {
    const once = apply(modelOf(before), part(before.seq, after.seq, events));
    const twice = apply(once, part(before.seq, after.seq, events));
    expect(twice).toEqual(once);
  });

  test('messages stand in the order they were said', () => {
    const folded = events.reduce(applyEvent, before);
    const ids = folded.messages.map((message) => message.id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });
});

function part(after: number, upTo: number, events: EventMessage[]) {
  return { type: 'events' as const, after, upTo, events };
}
