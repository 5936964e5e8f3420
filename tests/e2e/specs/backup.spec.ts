import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { BACKUP_FILES } from '../support/backup.ts';
import { write } from '../support/files.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';
import type { CodelabPage } from '../support/wire.ts';

const TITLE = 'Git for everybody';
const PAST = `${TITLE} (Open Codelabs backup)`;

test('what of a backup is taken is asked first, and the past is looked back on', async ({
  facilitator,
}, info) => {
  const { page } = facilitator;
  const [first = ''] = await write(info.outputPath('backup'), BACKUP_FILES);
  await facilitator.upload('import_folder', dirname(first));
  const asked = page.getByRole('dialog', { name: say('import_choice_title') });
  const git = asked.getByRole('checkbox', {
    name: say('import_choice_codelab', { title: TITLE }),
  });
  const past = asked.getByRole('checkbox', {
    name: say('import_choice_past_of', { title: TITLE }),
  });
  const go = asked.getByRole('checkbox', { name: say('import_choice_codelab', { title: 'Go' }) });
  await expect(git).toBeChecked();
  await expect(past).toBeChecked();
  await expect(asked).toContainText(say('import_choice_attendees', { count: '2' }));
  await expect(asked.getByRole('listitem').filter({ hasText: 'Empty' })).toContainText(
    say('refusal_no_step_files'),
  );
  await page.screenshot({ path: info.outputPath('choice.png') });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: info.outputPath('choice-phone-dark.png') });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  expect((await facilitator.get<CodelabPage>('/codelabs')).items).toHaveLength(3);

  // By keyboard: without Go.
  await go.focus();
  await page.keyboard.press('Space');
  await asked.getByRole('button', { name: say('import_choice_take_one') }).click();
  const done = page.getByRole('dialog', { name: say('import_done_title') });
  await expect(done.getByRole('heading', { name: TITLE })).toBeVisible();
  await done
    .getByRole('button', { name: say('common_close') })
    .last()
    .click();
  expect((await facilitator.get<CodelabPage>('/codelabs')).items).toHaveLength(4);

  await page.goto(`${facilitator.url}/workshops`);
  const line = page.getByRole('link', { name: PAST }).first();
  await expect(line).toContainText(say('report_imported'));
  await page.screenshot({ path: info.outputPath('history.png') });
  await page.getByRole('link', { name: PAST }).last().click();
  await expect(page.getByRole('heading', { name: PAST, level: 1 })).toBeVisible();
  await expect(page.getByRole('region', { name: say('report_feedback_title') })).toContainText(
    'More of this!',
  );
  const download = page.waitForEvent('download');
  await page
    .getByRole('link', { name: say('report_submission_download', { name: 'work.txt' }) })
    .click();
  expect(await readFile(await (await download).path(), 'utf8')).toBe('Ada’s work');
  await page.screenshot({ path: info.outputPath('report.png'), fullPage: true });
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.screenshot({ path: info.outputPath('report-phone-dark.png'), fullPage: true });
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('link', { name: say('replay_title') }).click();
  await expect(page.getByText('Welcome, everybody')).toBeVisible();
});

test('what is here already is not taken again by itself, and cancelling takes nothing', async ({
  facilitator,
}, info) => {
  const { page } = facilitator;
  const [first = ''] = await write(info.outputPath('backup'), BACKUP_FILES);
  await facilitator.upload('import_folder', dirname(first));
  const asked = page.getByRole('dialog', { name: say('import_choice_title') });
  await asked.getByRole('button', { name: say('import_choice_take_many', { count: '2' }) }).click();
  const done = page.getByRole('dialog', { name: say('import_done_title') });
  await done
    .getByRole('button', { name: say('common_close') })
    .last()
    .click();
  await facilitator.upload('import_folder', dirname(first));
  const same = asked.getByText(say('import_choice_same'));
  await expect(same).toHaveCount(2);
  await expect(asked.getByText(say('import_choice_in_history'))).toBeVisible();
  await expect(asked.getByRole('checkbox', { checked: true })).toHaveCount(0);
  await page.screenshot({ path: info.outputPath('again.png') });
  await asked.getByRole('button', { name: say('common_cancel') }).click();
  await expect(asked).toBeHidden();
  expect((await facilitator.get<CodelabPage>('/codelabs')).items).toHaveLength(5);
});

test('a past workshop comes alone to the codelab that is there', async ({ facilitator }, info) => {
  const { page } = facilitator;
  const [first = ''] = await write(info.outputPath('backup'), BACKUP_FILES);
  const asked = page.getByRole('dialog', { name: say('import_choice_title') });
  const past = asked.getByRole('checkbox', {
    name: say('import_choice_past_of', { title: TITLE }),
  });
  const git = asked.getByRole('checkbox', {
    name: say('import_choice_codelab', { title: TITLE }),
  });
  const done = page.getByRole('dialog', { name: say('import_done_title') });
  const close = done.getByRole('button', { name: say('common_close') }).last();
  await facilitator.upload('import_folder', dirname(first));
  await past.uncheck();
  await asked.getByRole('button', { name: say('import_choice_take_many', { count: '2' }) }).click();
  await close.click();

  await facilitator.upload('import_folder', dirname(first));
  await expect(past).toBeChecked();
  await expect(git).not.toBeChecked();
  await expect(asked.getByText(say('import_choice_joins'))).toBeVisible();
  await git.check();
  await expect(asked.getByText(say('import_choice_copy'))).toBeVisible();
  await git.uncheck();
  await page.screenshot({ path: info.outputPath('alone.png') });
  await asked.getByRole('button', { name: say('import_choice_take_past_one') }).click();
  await close.click();
  expect((await facilitator.get<CodelabPage>('/codelabs')).items).toHaveLength(5);
  await page.goto(`${facilitator.url}/workshops`);
  await expect(page.getByRole('link', { name: PAST }).first()).toBeVisible();
});
