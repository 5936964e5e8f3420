import { expect, test } from 'vitest';

import type { DownloadedImage, ImageDownload } from '$lib/api/wire';

import { hosts, RemotePictures, standing } from './remote-pictures.svelte';

const image = (address: string, state: DownloadedImage['state']): DownloadedImage => ({
  address,
  state,
  receivedBytes: 0,
});

function pictures(
  outcome: Exclude<ImageDownload['outcome'], undefined> | null,
  images: readonly DownloadedImage[] = [],
): RemotePictures {
  const one = new RemotePictures('1');
  one.images = [{ address: 'https://a.b/x', host: 'a.b', description: '' }];
  if (outcome !== null) one.job = { id: '1', codelab: '1', news: 1, images: [...images], outcome };
  return one;
}

test('there is nothing to say of codelabs without pictures on the internet', () => {
  expect(standing([])).toBeNull();
  expect(standing([new RemotePictures('1')])).toBeNull();
  const none = new RemotePictures('1');
  none.images = [];
  expect(standing([none])).toBeNull();
  expect(standing([none, pictures(null)])).toEqual({ kind: 'offered' });
});

test('several codelabs are counted together', () => {
  const first = pictures('saved', [image('a', 'taken'), image('b', 'refused')]);
  const second = pictures('nothing_taken', [image('c', 'refused')]);
  expect(standing([first, second])).toEqual({
    kind: 'ended',
    taken: 1,
    count: 3,
    refused: [image('b', 'refused'), image('c', 'refused')],
  });
});

test('what stops a download is said once', () => {
  const taken = pictures('saved', [image('a', 'taken')]);
  expect(standing([taken, pictures('offline')])).toEqual({ kind: 'offline' });
  expect(standing([taken, pictures('cancelled')])).toEqual({ kind: 'cancelled' });
  expect(standing([taken, pictures('removed')])).toEqual({ kind: 'removed' });
  const failed = pictures('failed');
  const problem = { type: '', code: 'storage_full', status: 507, title: '', detail: '' } as const;
  failed.problem = problem;
  expect(standing([taken, failed])).toEqual({ kind: 'failed', problem });
});

test('each host is named once', () => {
  const at = (address: string, host?: string) => ({
    address,
    description: '',
    ...(host === undefined ? {} : { host }),
  });
  const images = [
    at('https://b.c/1', 'b.c'),
    at('https://a.b/1', 'a.b'),
    at('https://b.c/2', 'b.c'),
  ];
  expect(hosts([...images, at('ftp://x')])).toEqual(['a.b', 'b.c']);
});
