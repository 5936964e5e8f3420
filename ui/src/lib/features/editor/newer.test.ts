import { expect, test, vi } from 'vitest';

import { NewerRevision } from './newer.svelte';

const answer = (numbers: readonly number[]): Response =>
  Response.json({
    items: numbers.map((number) => ({
      number,
      savedAtMs: 0,
      savedBy: 'Grace',
      title: 'T',
      steps: 1,
      minutes: 0,
    })),
  });

test('a revision on top of the open one is told of, until it is open', async () => {
  let open = 2;
  const newer = new NewerRevision('c', (revision) => revision <= open);
  const fetching = vi.spyOn(globalThis, 'fetch');
  fetching.mockImplementation(() => Promise.resolve(answer([2, 1])));
  await newer.look();
  expect(newer.found).toBeNull();

  fetching.mockImplementation(() => Promise.resolve(answer([3, 2])));
  await newer.look();
  expect(newer.found).toMatchObject({ number: 3, savedBy: 'Grace' });

  // Without an answer what was said stays.
  fetching.mockRejectedValueOnce(new TypeError('no network'));
  await newer.look();
  expect(newer.found?.number).toBe(3);

  open = 3;
  await newer.look();
  expect(newer.found).toBeNull();
  fetching.mockRestore();
});
