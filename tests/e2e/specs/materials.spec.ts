/** Links and files that a codelab brings: from the library to the room. */
import { readFile } from 'node:fs/promises';

import { write } from '../support/files.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const TITLE = 'Git from zero';

test('a file and a link reach the room', async ({ facilitator, server, open }, info) => {
  const { page } = facilitator;
  const text = 'exercise\n'.repeat(1000);
  const [path = ''] = await write(info.outputPath(), { 'exercises.txt': text });
  await facilitator.card(TITLE).getByRole('link', { name: TITLE }).click();
  const section = page.getByRole('region', { name: say('materials_title') });
  await expect(section).toContainText(say('materials_empty_title'));

  const chooser = page.waitForEvent('filechooser');
  await section.getByRole('button', { name: say('materials_add_files') }).click();
  await (await chooser).setFiles(path);
  const file = section.getByRole('link', {
    name: say('materials_download', { title: 'exercises.txt', size: '9 kB' }),
  });
  await expect(file).toBeVisible();

  await section.getByRole('button', { name: say('materials_add_link') }).click();
  const dialog = page.getByRole('dialog', { name: say('materials_link_title') });
  await dialog.getByLabel(say('materials_name')).fill('Documentation');
  await dialog.getByLabel(say('materials_address')).fill('https://git-scm.com/doc');
  await dialog.getByRole('button', { name: say('materials_add_link') }).click();
  const link = section.getByRole('link', {
    name: say('materials_link_external', { title: 'Documentation' }),
  });
  await expect(link).toHaveAttribute('href', 'https://git-scm.com/doc');

  await section
    .getByRole('button', { name: say('materials_more', { title: 'exercises.txt' }) })
    .click();
  await page.getByRole('menuitem', { name: say('materials_rename') }).click();
  await page.getByRole('dialog').getByLabel(say('materials_name')).fill('Exercises');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('materials_save') })
    .click();
  await section
    .getByRole('button', { name: say('materials_more', { title: 'Documentation' }) })
    .click();
  await page.getByRole('menuitem', { name: say('materials_remove') }).click();
  await expect(link).toBeHidden();
  await page.getByRole('button', { name: say('library_undo'), exact: true }).click();
  await expect(link).toBeVisible();

  const room = await Room.start(server, facilitator, [TITLE], open);
  const ada = await room.join('Ada');
  const materials = ada.page.getByRole('region', { name: say('materials_title') });
  const download = ada.page.waitForEvent('download');
  await materials
    .getByRole('link', { name: say('materials_download', { title: 'Exercises', size: '9 kB' }) })
    .click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe('exercises.txt');
  expect(await readFile(await saved.path(), 'utf8')).toBe(text);
  await ada.next();
  await expect(materials).toBeHidden();
});

test('an interrupted upload goes on when the file is chosen again', async ({
  facilitator,
  watch,
}, info) => {
  watch.expectOutage();
  const { page } = facilitator;
  const [path = ''] = await write(info.outputPath(), { 'data.bin': 'x'.repeat(6 * 1024 * 1024) });
  await facilitator.card(TITLE).getByRole('link', { name: TITLE }).click();
  const section = page.getByRole('region', { name: say('materials_title') });
  const choose = async (): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await section.getByRole('button', { name: say('materials_add_files') }).click();
    await (await chooser).setFiles(path);
  };
  // The second piece never arrives.
  await page.route(/\/uploads\/\w+\?offset=4194304/, (route) => route.abort());
  await choose();
  await expect(section).toContainText(say('materials_waiting'));
  await page.unrouteAll();
  await page.reload();
  await expect(section).toContainText(
    say('materials_file_lost', { part: '67%', name: 'data.bin' }),
  );
  const pieces: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/uploads/')) pieces.push(new URL(request.url()).search);
  });
  await choose();
  await expect(
    section.getByRole('link', {
      name: say('materials_download', { title: 'data.bin', size: '6.3 MB' }),
    }),
  ).toBeVisible();
  expect(pieces).toEqual(['?offset=4194304']);
});
