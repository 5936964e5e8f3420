/**
 * `npm run screenshots [-- FOLDER [--scheme dark] [--locale ko]]`: takes the pictures of the README
 * in docs/images, or others elsewhere. Needs a built interface and a built server, as the tests do.
 */
import { chromium, type BrowserContextOptions, type Locator, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { CHROMIUM } from '../support/chromium.ts';
import { Codelabs } from '../support/codelabs.ts';
import { Facilitator } from '../support/facilitator.ts';
import { REPOSITORY } from '../support/programs.ts';
import { Room } from '../support/room.ts';
import { Attendee } from '../support/attendee.ts';
import { fill } from './people.ts';

/** A dozen browsers on a small machine take their time, in milliseconds. */
const PATIENCE_MS = 120_000;
const DESK = { width: 1280, height: 800 };
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scheme: { type: 'string', default: 'light' },
    locale: { type: 'string', default: 'en' },
  },
});
const folder = resolve(positionals[0] ?? join(REPOSITORY, 'docs/images'));
const look: BrowserContextOptions = {
  colorScheme: values.scheme === 'dark' ? 'dark' : 'light',
  viewport: DESK,
  reducedMotion: 'reduce',
};

/** Chooses the language as the switch does: it is remembered in the browser. */
async function speak(page: Page): Promise<void> {
  await page.evaluate((locale) => {
    localStorage.setItem('open-codelabs.locale', locale);
  }, values.locale);
}

/** Takes a picture when the page is whole: when `ready` can be seen. */
async function take(page: Page, name: string, ready: Locator): Promise<void> {
  await speak(page);
  await page.reload();
  await ready.first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(folder, `${name}.png`) });
  console.log(join(folder, `${name}.png`));
}

await mkdir(folder, { recursive: true });
const server = await Codelabs.start(undefined, '0.0.0.0');
const browser = await chromium.launch(CHROMIUM);
try {
  const open = async (options: BrowserContextOptions = {}): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en-US', ...look, ...options });
    context.setDefaultTimeout(PATIENCE_MS);
    return context.newPage();
  };
  const url = `http://127.0.0.1:${String(server.port)}`;
  const facilitator = new Facilitator(await open(), url);
  await facilitator.enter(server.facilitatorLink);
  await take(facilitator.page, 'library', facilitator.card('Git from zero').locator('img'));
  const room = await Room.start(server, facilitator, ['Git from zero'], open);
  const people = await fill(room);

  const door = await open(PHONE);
  await door.goto(server.url);
  await take(door, 'entrance', door.getByRole('textbox'));
  await facilitator.page.goto(`${url}/workshops/${room.workshop.id}/lobby`);
  await take(facilitator.page, 'lobby', facilitator.page.getByText('Zoë'));
  await facilitator.page.goto(`${url}/workshops/${room.workshop.id}`);
  await take(facilitator.page, 'room', facilitator.page.getByText('Zoë'));

  const bea = people.get('Bea');
  if (bea) await take(bea.page, 'step', bea.page.getByRole('log').getByText('Thanks!'));
  const seat = await people.get('Zoë')?.resumeCode();
  const phone = new Attendee(await open(PHONE), 'Zoë');
  await phone.page.goto(`${server.url}/resume#${seat ?? ''}`);
  await phone.page.locator('form button[type=submit]').click();
  await phone.isAt(room.step(2));
  await take(phone.page, 'phone', phone.content.getByRole('button'));
} finally {
  await browser.close();
  await server.stop();
}
