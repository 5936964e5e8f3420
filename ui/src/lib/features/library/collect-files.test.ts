import { expect, test } from 'vitest';

import { ofField, readDropped, type DroppedEntry } from './collect-files';

const file = (name: string): File => new File(['x'], name);

function fileEntry(name: string): DroppedEntry {
  const entry = {
    isFile: true,
    isDirectory: false,
    name,
    file: (done: (value: File) => void) => {
      done(file(name));
    },
  };
  return entry;
}

/** A folder that hands out its entries in parts of two, as browsers do in parts of a hundred. */
function folderEntry(name: string, inner: DroppedEntry[]): DroppedEntry {
  const entry = {
    isFile: false,
    isDirectory: true,
    name,
    createReader: () => {
      const left = [...inner];
      return {
        readEntries: (done: (entries: DroppedEntry[]) => void) => {
          done(left.splice(0, 2));
        },
      };
    },
  };
  return entry;
}

const paths = (dropped: DroppedEntry[]) =>
  readDropped(dropped).then((read) => read.flatMap(({ files }) => files.map(({ path }) => path)));

test('a folder is read to the bottom, in all its parts, without hidden files', async () => {
  const folder = folderEntry('git', [
    fileEntry('index.md'),
    fileEntry('.DS_Store'),
    folderEntry('img', [fileEntry('1.png'), fileEntry('2.png'), fileEntry('3.png')]),
    folderEntry('.git', [fileEntry('HEAD')]),
    fileEntry('notes.md'),
  ]);
  expect(await paths([folder, fileEntry('a.zip')])).toEqual([
    'git/index.md',
    'git/img/1.png',
    'git/img/2.png',
    'git/img/3.png',
    'git/notes.md',
    'a.zip',
  ]);
});

test('an unreadable file fails the drop instead of vanishing', async () => {
  const broken: DroppedEntry & { file: unknown } = {
    isFile: true,
    isDirectory: false,
    name: 'index.md',
    file: (_: unknown, failed: (error: Error) => void) => {
      failed(new Error('gone'));
    },
  };
  await expect(readDropped([broken])).rejects.toThrow('gone');
});

test('a folder field gives one group with paths, a file field one per file', () => {
  const inFolder = (path: string): File => {
    const chosen = file(path.split('/').at(-1) ?? path);
    Object.defineProperty(chosen, 'webkitRelativePath', { value: path });
    return chosen;
  };
  const folder = ofField(['git/index.md', 'git/.git/HEAD', 'git/img/1.png'].map(inFolder));
  expect(folder.map(({ files }) => files.map(({ path }) => path))).toEqual([
    ['git/index.md', 'git/img/1.png'],
  ]);
  const alone = file('a.md');
  Object.defineProperty(alone, 'webkitRelativePath', { value: '' });
  expect(ofField([alone])[0]).toMatchObject({ name: 'a.md', isFolder: false });
});
