import { afterEach, expect, test, vi } from 'vitest';

import {
  isDesktop,
  onDownloaded,
  onImportDropped,
  onPicturesDropped,
  onWindowDrag,
  pickAndImport,
} from './tauri';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a browser is no desktop window', async () => {
  expect(isDesktop()).toBe(false);
  await expect(pickAndImport('file')).rejects.toThrow('needs the desktop app');
  const unheard = (): never => {
    throw new Error('nothing can be dropped here');
  };
  (await onDownloaded(unheard))();
  (await onImportDropped(unheard))();
  (await onPicturesDropped(unheard))();
  (await onWindowDrag(unheard))();
});

test('in the window the native dialog imports', async () => {
  const asked: unknown[] = [];
  vi.stubGlobal('__TAURI_INTERNALS__', {
    invoke: (command: string, input: unknown) => {
      asked.push([command, input]);
      return Promise.resolve({ status: 'cancelled' });
    },
  });
  expect(isDesktop()).toBe(true);
  expect(await pickAndImport('folder')).toEqual({ status: 'cancelled' });
  expect(asked).toEqual([['import_codelab', { kind: 'folder' }]]);
});
