import type { Locator, Page } from '@playwright/test';

import { faults } from '../support/faults.ts';
import { write } from '../support/files.ts';
import { expect, test as base } from '../support/test.ts';
import { TheWeb } from '../support/the-web.ts';
import { say, type Locale } from '../support/words.ts';

const test = base.extend<{ web: TheWeb }>({
  web: async ({}, use) => {
    const web = await TheWeb.start();
    await use(web);
    await web.stop();
  },
});

test.use({ serveWith: ['--allow-loopback-downloads'] });

const TITLE = 'Pictures from afar';

function text(addresses: readonly string[]): string {
  const pictures = addresses.map((address, at) => `![Picture ${String(at + 1)}](${address})\n\n`);
  return `# ${TITLE}\n\n## Look\n\n${pictures.join('')}`;
}

const offer = (page: Page, locale: Locale = 'en'): Locator =>
  page.getByRole('region', { name: say('remote_title', {}, locale) });

const press = (within: Locator, locale: Locale = 'en'): Locator =>
  within.getByRole('button', { name: say('remote_download_many', {}, locale) });

test('pictures are offered at the import, and come when somebody presses', async ({
  facilitator,
  web,
  server,
}, info) => {
  const { page } = facilitator;
  const addresses = [web.at('a.svg'), web.at('b%20c.svg?raw=1'), web.at('gone.png')];
  const [path = ''] = await write(info.outputPath(), { 'afar.md': text(addresses) });
  await facilitator.upload('import_file', path);
  const dialog = page.getByRole('dialog', { name: say('import_done_title') });
  const pictures = offer(page);
  await expect(pictures).toContainText(say('remote_offer_many', { count: 3 }));
  await expect(pictures).toContainText('127.0.0.1');
  expect(await faults(page)).toEqual([]);
  expect(web.asked).toEqual([]);

  await press(pictures).focus();
  await page.keyboard.press('Enter');
  await expect(pictures).toContainText(say('remote_some_taken', { taken: 2, count: 3 }));
  await expect(pictures).toBeFocused();
  expect(await faults(page)).toEqual([]);
  await expect(pictures).toContainText(say('remote_refusal_not_found'));
  const asked = web.asked.map(({ path }) => path).sort();
  expect(asked).toEqual(['/a.svg', '/b%20c.svg?raw=1', '/gone.png']);
  expect(web.asked.every(({ agent }) => agent.startsWith('open-codelabs/'))).toBe(true);
  // What came in is no matter any more.
  await expect(dialog.getByText(say('import_warnings_one'))).toBeVisible();

  await dialog.getByRole('link', { name: say('import_open') }).click();
  for (const name of ['Picture 1', 'Picture 2']) {
    const picture = page.getByRole('img', { name });
    await expect(picture).toHaveJSProperty('naturalWidth', 200);
    await expect(picture).toHaveAttribute('src', /^\/api\/v1\/files\//);
  }
  const line = offer(page);
  await expect(line).toContainText(say('remote_line_one'));
  await line.getByRole('button', { name: say('remote_download_one') }).click();
  await expect(line).toContainText(say('remote_none_taken'));
  expect(web.asked).toHaveLength(4);
  expect(new URL(page.url()).host).toBe(`127.0.0.1:${String(server.port)}`);
});

test('who does not want them finds them later, in Korean too', async ({
  facilitator,
  web,
}, info) => {
  const { page } = facilitator;
  const language = page.getByLabel(say('common_language')).filter({ visible: true });
  await language.first().selectOption('ko');
  const addresses = [web.at('a.svg'), web.at('b.svg')];
  const [path = ''] = await write(info.outputPath(), { 'afar.md': text(addresses) });
  const chosen = page.waitForEvent('filechooser');
  await page
    .getByRole('button', { name: say('import_button', {}, 'ko') })
    .first()
    .click();
  await page.getByRole('menuitem', { name: say('import_file', {}, 'ko') }).click();
  await (await chosen).setFiles(path);

  const pictures = offer(page, 'ko');
  await expect(pictures).toContainText(say('remote_offer_many', { count: 2 }, 'ko'));
  await pictures.getByRole('button', { name: say('remote_not_now', {}, 'ko') }).click();
  await expect(pictures).toBeHidden();
  await page.getByRole('link', { name: say('import_open', {}, 'ko') }).click();
  await expect(pictures).toContainText(say('remote_line_many', { count: 2 }, 'ko'));
  await expect(page.locator('.remote-image')).toHaveCount(2);
  expect(web.asked).toEqual([]);

  await press(pictures, 'ko').click();
  await expect(pictures).toContainText(say('remote_all_taken_many', { count: 2 }, 'ko'));
  // The page shows them without being loaded anew.
  await expect(page.getByRole('img', { name: 'Picture 2' })).toHaveJSProperty('naturalWidth', 200);
  await page.reload();
  await expect(page.getByRole('img', { name: 'Picture 1' })).toBeVisible();
  await expect(pictures).toBeHidden();
});

test('a download can be ended, and without internet that is said once', async ({
  facilitator,
  web,
}, info) => {
  const { page } = facilitator;
  const addresses = [web.at('a.svg'), web.at('held.svg')];
  const [path = ''] = await write(info.outputPath(), { 'afar.md': text(addresses) });
  await facilitator.upload('import_file', path);
  const pictures = offer(page);
  await press(pictures).click();
  const list = pictures.getByRole('list');
  await expect(list.getByRole('listitem').first()).toContainText(say('remote_state_taken'));
  await expect(list.getByRole('listitem').last()).toContainText(say('remote_state_loading'));
  expect(await faults(page)).toEqual([]);
  await pictures.getByRole('button', { name: say('common_cancel') }).click();
  await expect(pictures).toContainText(say('remote_cancelled'));
  await expect(press(pictures)).toBeVisible();

  await web.stop();
  await press(pictures).click();
  await expect(pictures).toContainText(say('remote_offline'));
  await expect(list).toBeHidden();
  await expect(pictures.getByRole('button', { name: say('common_try_again') })).toBeVisible();
});
