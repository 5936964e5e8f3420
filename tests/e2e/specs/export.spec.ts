import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Browser, Page } from '@playwright/test';

import type { Facilitator } from '../support/facilitator.ts';
import { faults } from '../support/faults.ts';
import { importRich, RICH } from '../support/rich.ts';
import { expect, test } from '../support/test.ts';
import { say, type Key } from '../support/words.ts';

/** Chooses how the codelab leaves; answers where the file is. */
async function exported(facilitator: Facilitator, how: Key, folder: string): Promise<string> {
  const { page } = facilitator;
  await page.getByRole('button', { name: say('export_button') }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: say(how) }).click();
  const download = await started;
  const path = join(folder, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function openRich(facilitator: Facilitator, folder: string): Promise<void> {
  await importRich(facilitator, folder);
  await facilitator.card(RICH.title).getByRole('link', { name: RICH.title }).click();
  const { page } = facilitator;
  await expect(page.getByRole('heading', { name: RICH.title, level: 1 })).toBeVisible();
}

/** A browser without any network; answers everything that it asked for nevertheless. */
async function offline(browser: Browser): Promise<{ page: Page; asked: string[] }> {
  const context = await browser.newContext({ offline: true });
  const page = await context.newPage();
  const asked: string[] = [];
  page.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (protocol !== 'data:' && !request.isNavigationRequest()) asked.push(request.url());
  });
  page.on('console', (message) => {
    if (message.type() === 'error') asked.push(message.text());
  });
  page.on('pageerror', (error) => asked.push(error.message));
  return { page, asked };
}

test('a codelab becomes one file that opens from a stick, without a network', async ({
  facilitator,
  browser,
}, info) => {
  await openRich(facilitator, info.outputPath('rich'));
  const path = await exported(facilitator, 'export_html', info.outputPath());
  expect(path).toContain(`${RICH.title}.html`);

  const { page, asked } = await offline(browser);
  const file = pathToFileURL(path).href;
  await page.goto(file);
  const shown = page.locator('main section:visible h2');
  await expect(shown).toHaveText('1 Formulas');
  await expect(page.getByRole('img', { name: 'A picture' })).toHaveJSProperty('naturalWidth', 200);
  const { height } = (await page.locator('math mfrac').first().boundingBox()) ?? { height: 0 };
  expect(height).toBeGreaterThan(25);
  expect(await faults(page)).toEqual([]);

  // Steps have addresses.
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(shown).toHaveText('2 Code');
  await expect(page).toHaveURL(`${file}#2`);
  await page.reload();
  await expect(shown).toHaveText('2 Code');
  await page.goto(`${file}#3`);
  await expect(shown).toHaveText('3 Diagrams');
  const diagram = page.locator('section:visible img.diagram').first();
  await expect(diagram).toBeVisible();
  const { width } = (await diagram.boundingBox()) ?? { width: 0 };
  expect(width).toBeGreaterThan(60);
  await page.screenshot({ path: info.outputPath('diagram-in-a-file.png') });
  await page.keyboard.press('ArrowLeft');
  await expect(shown).toHaveText('2 Code');

  // Commands are copied without prompts and answers.
  await page.getByRole('button', { name: 'Copy' }).nth(3).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  await page.getByRole('searchbox').press('Control+v');
  // A field of one line makes spaces of breaks.
  await expect(page.getByRole('searchbox')).toHaveValue('git status git log --oneline');

  // The whole text is searched.
  await page.getByRole('searchbox').fill('database');
  await expect(page.getByRole('navigation').getByRole('link')).toHaveText(['Diagrams']);
  await page.getByRole('searchbox').press('Enter');
  await expect(shown).toHaveText('3 Diagrams');
  await page.getByRole('searchbox').fill('secret');
  await expect(page.getByText('Nothing was found.')).toBeVisible();

  await page.getByRole('button', { name: 'Light or dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await faults(page)).toEqual([]);
  expect(asked).toEqual([]);
  await page.context().close();
});

test('a codelab in one file remembers where one was', async ({ facilitator, browser }, info) => {
  await openRich(facilitator, info.outputPath('rich'));
  const path = await exported(facilitator, 'export_html', info.outputPath());

  // Browsers promise no memory to `file:` (and Chromium, hard pressed, does forget there).
  const address = 'http://stick.example/';
  const { page } = await offline(browser);
  await page.route(`${address}**`, (route) => route.fulfill({ path }));
  await page.goto(address);
  const shown = page.locator('main section:visible h2');
  await expect(shown).toHaveText('1 Formulas');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(shown).toHaveText('2 Code');
  await page.goto('about:blank');
  await page.goto(address);
  await expect(shown).toHaveText('2 Code');
  await expect(page.getByRole('listitem').first()).toHaveClass(/done/);
  await page.context().close();
});

test('everything leaves and comes back', async ({ facilitator }, info) => {
  await openRich(facilitator, info.outputPath('rich'));
  const path = await exported(facilitator, 'export_bundle', info.outputPath());
  const again = await exported(facilitator, 'export_bundle', info.outputPath('again'));
  expect(await readFile(again)).toEqual(await readFile(path));

  const { page } = facilitator;
  await page.goto(`${facilitator.url}/library`);
  await facilitator.upload('import_file', path);
  const dialog = page.getByRole('dialog', { name: say('import_done_title') });
  await expect(dialog.getByRole('heading', { name: RICH.title })).toBeVisible();
  await dialog
    .getByRole('button', { name: say('common_close') })
    .last()
    .click();
  await expect(facilitator.card(RICH.title)).toHaveCount(2);
  await facilitator.card(RICH.title).first().getByRole('link', { name: RICH.title }).click();
  await expect(page.getByRole('img', { name: 'A picture' })).toHaveJSProperty('naturalWidth', 200);
  const back = await exported(facilitator, 'export_bundle', info.outputPath('back'));
  expect(await readFile(back)).toEqual(await readFile(path));
});

test('a handout has all steps', async ({ facilitator, browser }, info) => {
  await openRich(facilitator, info.outputPath('rich'));
  const { page } = facilitator;
  // A browser under test has no printer: what it would print is looked at.
  await page.getByRole('button', { name: say('export_button') }).click();
  await page.getByRole('menuitem', { name: say('export_print') }).click();
  const handout = page.frameLocator('iframe[title]');
  await expect(handout.getByRole('heading', { level: 2 })).toHaveCount(RICH.steps.length);
  await expect(handout.locator('math').first()).toBeAttached();
  await expect(handout.getByRole('button')).toHaveCount(0);
  await expect(handout.locator('img.diagram').first()).toBeVisible();

  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const source = await page.request.get(
    `${facilitator.url}/api/v1/codelabs/${id}/export?format=print`,
  );
  const paper = await offline(browser);
  await paper.page.setContent(await source.text());
  await expect(paper.page.locator('html')).toHaveAttribute('data-drawn', '');
  const pdf = await paper.page.pdf({
    path: info.outputPath('handout.pdf'),
    preferCSSPageSize: true,
  });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(paper.asked).toEqual([]);
  await paper.page.context().close();
});
