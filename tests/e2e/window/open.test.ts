/** The window by itself: what it opens on, its dialogs, its end. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';

import { LITTLE, NOTES, write } from '../support/files.ts';
import type { CodelabPage, WorkshopPage } from '../support/wire.ts';
import { say } from '../support/words.ts';
import { App } from './app.ts';
import { Desk } from './desk.ts';
import {
  answerQuitGuard,
  cancelPicking,
  dropOn,
  pickFile,
  pickFolder,
  pressCross,
} from './native.ts';

const TITLE = 'Open Codelabs';

describe('the window', () => {
  let app: App;
  let desk: Desk;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'codelabs-files-'));
    app = await App.open();
    desk = new Desk(app);
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('opens on the library with three codelabs', async () => {
    await desk.isInLibrary();
    assert.equal((await desk.titles()).length, 3);
    assert.equal(new URL(await desk.window.address).pathname, '/library');
  });

  it('imports a Markdown file through the native dialog', async () => {
    const [path = ''] = await write(folder, {
      'lecon/index.md': LITTLE.markdown,
      'lecon/img/carre.svg': LITTLE.picture,
    });
    await desk.chooseFile();
    await pickFile(path);
    const done = await desk.outcome('import_done_title');
    assert.match(await done.text(), new RegExp(LITTLE.title));
    await desk.closeOutcome();
    assert.ok((await desk.titles()).includes(LITTLE.title));
  });

  it('says why a file is no codelab, and keeps nothing of it', async () => {
    const [path = ''] = await write(folder, { 'notes.md': NOTES });
    await desk.chooseFile();
    await pickFile(path);
    const refused = await (await desk.outcome('import_refused_title')).text();
    assert.match(refused, /notes\.md/);
    assert.ok(refused.includes(say('refusal_no_headings')), refused);
    assert.ok(refused.includes(say('import_nothing_kept')), refused);
    await desk.closeOutcome();
    assert.equal((await desk.titles()).length, 4);
  });

  it('does nothing when the dialog is cancelled', async () => {
    await desk.chooseFile();
    await cancelPicking();
    await desk.isInLibrary();
    assert.equal((await desk.titles()).length, 4);
  });

  it('imports a folder through the native dialog', async () => {
    const title = 'Chosen as a folder';
    await write(folder, {
      'chosen/index.md': LITTLE.markdown.replaceAll(LITTLE.title, title),
      'chosen/img/carre.svg': LITTLE.picture,
    });
    await desk.chooseFolder();
    await pickFolder(join(folder, 'chosen'));
    const done = await (await desk.outcome('import_done_title')).text();
    assert.ok(done.includes(title), done);
    await desk.closeOutcome();
  });

  it('imports what is dropped on it, a folder and a file', async () => {
    const [, path = ''] = await write(folder, {
      'dropped/index.md': LITTLE.markdown.replaceAll(LITTLE.title, 'Dropped as a folder'),
      'shopping.md': NOTES,
      'dropped/img/carre.svg': LITTLE.picture,
    });
    await dropOn(TITLE, [join(folder, 'dropped'), path]);
    const done = await (await desk.outcome('import_done_title')).text();
    assert.ok(done.includes('Dropped as a folder'), done);
    assert.ok(done.includes(say('refusal_no_headings')), done);
    await desk.closeOutcome();
    assert.ok((await desk.titles()).includes('Dropped as a folder'));
  });

  it('puts a picture that is dropped on a text into it', async () => {
    const { items } = await desk.get<CodelabPage>('/codelabs');
    const there = items.length;
    const { id } = items.find(({ title }) => title === LITTLE.title) ?? { id: '' };
    await desk.openEditor(id);
    const [path = '', notes = ''] = await write(folder, {
      'vert.svg': LITTLE.picture,
      'more.md': NOTES,
    });
    await dropOn(TITLE, [path]);
    await desk.hasWritten(`![${say('editor_alt_placeholder')}](img/vert.svg)`);
    await desk.window.find(
      '//img[contains(@src, "/files/")][@alt="' + say('editor_alt_placeholder') + '"]',
    );
    // What is no picture is still imported.
    await dropOn(TITLE, [notes]);
    await desk.outcome('import_refused_title');
    await desk.closeOutcome();
    assert.equal((await desk.get<CodelabPage>('/codelabs')).items.length, there);
    await desk.window.go(`http://127.0.0.1:${String(app.port)}/library`);
    await desk.isInLibrary();
  });

  it('asks before it closes on a live workshop', async () => {
    await desk.startWorkshop(LITTLE.title);
    await pressCross(TITLE);
    await answerQuitGuard('quit_no');
    assert.notEqual(await app.pid(), null);
    await desk.window.find('//h1');

    await pressCross(TITLE);
    await answerQuitGuard('quit_yes');
    await app.isGone();
  });

  it('says goodbye when the system asks it to end, and takes the workshop up again', async () => {
    await app.reopen();
    await desk.isInLibrary();
    await app.ask();
    // In the end everything is in the one file: nobody is cut off in the middle.
    assert.deepEqual((await app.databaseFiles()).sort(), ['open-codelabs.db']);
    await app.reopen();
    await desk.isInLibrary();
    const { items } = await desk.get<WorkshopPage>('/workshops');
    assert.deepEqual(
      items.map(({ title, status }) => ({ title, status })),
      [{ title: LITTLE.title, status: 'live' }],
    );
  });
});
