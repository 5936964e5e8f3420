import { dirname } from 'node:path';

import { LITTLE, NOTES, write } from '../support/files.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';
import type { CodelabPage } from '../support/wire.ts';

test('the library opens with three codelabs that can be read before', async ({ facilitator }) => {
  const { items } = await facilitator.get<CodelabPage>('/codelabs');
  expect(items).toHaveLength(3);
  for (const { title, steps } of items) {
    await expect(facilitator.card(title)).toBeVisible();
    expect(steps).toBeGreaterThanOrEqual(6);
  }
  const title = items[0]?.title ?? '';
  await facilitator.card(title).getByRole('link', { name: title }).click();
  await expect(facilitator.page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
  await expect(facilitator.page.locator('.prose-step')).toBeVisible();
});

test('a Markdown file is imported and can be taught at once', async ({
  facilitator,
  server,
  open,
}, info) => {
  const [path = ''] = await write(info.outputPath(), {
    'petite.md': LITTLE.markdown,
  });
  await facilitator.upload('import_file', path);
  const dialog = facilitator.page.getByRole('dialog', {
    name: say('import_done_title'),
  });
  await expect(dialog.getByRole('heading', { name: LITTLE.title })).toBeVisible();
  // The picture was left at home: said, with its place.
  await expect(dialog).toContainText(/petite\.md:\d+/);
  await dialog.getByRole('button', { name: say('library_start') }).click();
  await facilitator.confirmStart();

  const [workshop] = (await facilitator.get<{ items: Room['workshop'][] }>('/workshops')).items;
  if (!workshop) throw new Error('no workshop was started');
  const room = await Room.of(server, facilitator, workshop, open);
  expect(room.steps()).toEqual(LITTLE.steps);
  const ada = await room.join('Ada');
  await expect(ada.content.locator('aside.box-positive')).toContainText('Ça marche');
});

test('a folder brings its pictures', async ({ facilitator, server, open }, info) => {
  const [markdown = ''] = await write(info.outputPath('lecon'), {
    'index.md': LITTLE.markdown,
    'img/carre.svg': LITTLE.picture,
  });
  await facilitator.upload('import_folder', dirname(markdown));
  const dialog = facilitator.page.getByRole('dialog', {
    name: say('import_done_title'),
  });
  await expect(dialog.getByRole('heading', { name: LITTLE.title })).toBeVisible();
  await dialog
    .getByRole('button', { name: say('common_close') })
    .last()
    .click();

  const room = await Room.start(server, facilitator, [LITTLE.title], open);
  const ada = await room.join('Ada');
  const picture = ada.content.getByRole('img', { name: 'Un carré vert' });
  await expect(picture).toBeVisible();
  await expect(picture).toHaveJSProperty('naturalWidth', 200);
});

test('a folder with many codelabs has a row for each', async ({ facilitator }, info) => {
  const [first = ''] = await write(info.outputPath('labs'), {
    'one.md': LITTLE.markdown,
    'two/codelab.json': '{"title": "Exported", "require_feedback": true}',
    'two/step_01_Go.md': 'Words',
    'notes.md': NOTES,
  });
  await facilitator.upload('import_folder', dirname(first));
  const asked = facilitator.page.getByRole('dialog', {
    name: say('import_choice_title'),
  });
  await expect(asked.getByRole('listitem').filter({ hasText: 'notes.md' })).toContainText(
    say('refusal_no_headings'),
  );
  await asked.getByRole('button', { name: say('import_choice_take_many', { count: '2' }) }).click();
  const dialog = facilitator.page.getByRole('dialog', {
    name: say('import_done_title'),
  });
  await expect(
    dialog.getByText(say('import_summary', { imported: '2', remarked: '2', refused: '0' })),
  ).toBeVisible();
  // A remark opens on the lines that it is about.
  const row = dialog.getByRole('listitem').filter({ hasText: 'one.md' }).first();
  await row.getByText(say('import_warnings_one')).click();
  await row.getByText(/one\.md:\d+:\d+/).click();
  await expect(row.locator('pre')).toContainText('img/carre.svg');
  await facilitator.page.screenshot({ path: info.outputPath('rows.png') });
  await dialog.getByRole('link', { name: 'Exported' }).click();
  await expect(facilitator.page.getByRole('heading', { name: 'Exported', level: 1 })).toBeVisible();
});

test('what is no codelab is refused with file and line, and nothing is kept', async ({
  facilitator,
  watch,
}, info) => {
  watch.expectStatus(422);
  watch.expectStatus(400);
  const [path = ''] = await write(info.outputPath(), { 'notes.md': NOTES });
  await facilitator.upload('import_file', path);
  const dialog = facilitator.page.getByRole('dialog', {
    name: say('import_refused_title'),
  });
  await expect(dialog).toContainText(say('problem_import_failed'));
  await expect(dialog).toContainText(/notes\.md(:\d+)?/);
  await expect(dialog).toContainText(say('refusal_no_headings'));
  await expect(dialog).toContainText(say('import_nothing_kept'));
  expect((await facilitator.get<CodelabPage>('/codelabs')).items).toHaveLength(3);
});

test('a codelab is found, removed, and brought back', async ({ facilitator }) => {
  const { page } = facilitator;
  const { items } = await facilitator.get<CodelabPage>('/codelabs');
  const [git] = items.sort((a, b) => a.title.localeCompare(b.title));
  if (!git) throw new Error('the library is empty');
  await page.getByLabel(say('library_search')).fill(git.title);
  // What is called so comes first, whatever else speaks of it.
  await expect(page.getByRole('article').first()).toHaveAccessibleName(git.title);
  await page.getByLabel(say('library_search')).fill('zzz');
  await expect(page.getByText(say('library_nothing_found', { term: 'zzz' }))).toBeVisible();
  await page.getByRole('button', { name: say('library_show_all') }).click();

  await page
    .getByRole('button', {
      name: say('library_more_for', { title: git.title }),
    })
    .click();
  await page.getByRole('menuitem', { name: say('library_remove') }).click();
  await expect(facilitator.card(git.title)).toHaveCount(0);
  await page.getByRole('button', { name: say('library_undo') }).click();
  await expect(facilitator.card(git.title)).toBeVisible();
});
