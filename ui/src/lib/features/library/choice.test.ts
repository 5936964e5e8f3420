import { expect, test } from 'vitest';

import type { ImportOffer } from '$lib/api/wire';

import { ImportChoice } from './choice.svelte';

const codelab = { title: 'Git', steps: 1, images: 0, materials: 0, remarks: 0 };
const past = {
  attendees: 2,
  messages: 0,
  helpRequests: 0,
  quizAnswers: 0,
  feedback: 0,
  submissions: 0,
  submittedBytes: 0,
  startedAtMs: 0,
  endedAtMs: 1,
};

const OFFERS: ImportOffer[] = [
  {
    index: 0,
    name: 'new',
    codelab: { ...codelab, onShelf: 'no' },
    past: { ...past, inHistory: false },
  },
  {
    index: 1,
    name: 'there',
    codelab: { ...codelab, onShelf: 'same' },
    past: { ...past, inHistory: true },
  },
  { index: 2, name: 'edited', codelab: { ...codelab, onShelf: 'edited' } },
  { index: 3, name: 'refused' },
];

test('what is here already is not taken by itself', () => {
  expect(new ImportChoice(OFFERS).taken).toEqual([{ index: 0, past: true, pastOnly: false }]);
});

test('all and none, with their past or without', () => {
  const choice = new ImportChoice(OFFERS);
  choice.all();
  expect(choice.taken.map(({ index }) => index)).toEqual([0, 1, 2]);
  choice.setPasts(true);
  expect(choice.taken.map(({ past: has }) => has)).toEqual([true, true, false]);
  choice.setPast(0, false);
  choice.setCodelab(2, false);
  expect(choice.taken).toEqual([
    { index: 0, past: false, pastOnly: false },
    { index: 1, past: true, pastOnly: false },
  ]);
  choice.none();
  expect(choice.taken).toEqual([]);
});

test('a past workshop can come alone to the same codelab, and takes another along', () => {
  const news = OFFERS.map((offer) =>
    offer.past ? { ...offer, past: { ...past, inHistory: false } } : offer,
  );
  const choice = new ImportChoice(news);
  expect(choice.taken).toEqual([
    { index: 0, past: true, pastOnly: false },
    { index: 1, past: true, pastOnly: true },
  ]);
  expect(choice.hasAllPasts).toBe(true);
  choice.setCodelab(1, true);
  expect(choice.taken[1]).toEqual({ index: 1, past: true, pastOnly: false });
  choice.setCodelab(1, false);
  choice.setCodelab(0, false);
  expect(choice.taken).toEqual([{ index: 1, past: true, pastOnly: true }]);
  choice.setPast(0, true);
  expect(choice.taken[0]).toEqual({ index: 0, past: true, pastOnly: false });
  choice.none();
  expect(choice.taken).toEqual([]);
  choice.all();
  expect(choice.taken.map(({ past: has }) => has)).toEqual([true, true, false]);
});
