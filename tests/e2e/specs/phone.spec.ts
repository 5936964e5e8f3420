import type { Page } from '@playwright/test';

import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** What is wider than the phone. */
async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

test('no page of an attendee scrolls sideways', async ({ room, open }) => {
  const door = await open(PHONE);
  await door.goto(room.server.url);
  await expect(door.getByLabel(say('join_code_label'))).toBeVisible();
  expect(await overflow(door)).toBe(0);
  await door.goto(`${room.server.url}/resume`);
  await expect(door.getByLabel(say('join_resume_label'))).toBeVisible();
  expect(await overflow(door)).toBe(0);

  const ada = await room.join('Ada', PHONE);
  for (let position = 1; position <= room.steps().length; position += 1) {
    await ada.page.goto(room.address(position));
    await ada.isAt(room.step(position));
    expect(await overflow(ada.page), room.step(position)).toBe(0);
  }
});

test('list, chat and help are within the thumb’s reach', async ({ room }) => {
  const ada = await room.join('Ada', PHONE);
  const bob = await room.join('Bob');
  await bob.say('hello from a laptop');

  const chat = ada.page.getByRole('button', { name: new RegExp(`^${say('chat_title')}`) });
  await chat.filter({ visible: true }).tap();
  await ada.hears('hello from a laptop');
  await ada.messageField.fill('hello from a phone');
  await ada.page.getByRole('button', { name: say('chat_send') }).tap();
  await bob.hears('hello from a phone');
  expect(await overflow(ada.page)).toBe(0);
  await ada.closeSheet();

  await ada.helpButton.tap();
  await ada.helpSheet.getByRole('button', { name: say('help_ask'), exact: true }).tap();
  await expect(ada.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
  expect(await overflow(ada.page)).toBe(0);
  await ada.helpSheet.getByRole('button', { name: say('common_close') }).tap();

  await ada.page.getByRole('button', { name: say('step_list') }).tap();
  const sheet = ada.page.getByRole('dialog', { name: say('step_list') });
  await sheet.getByRole('link', { name: room.step(4) }).tap();
  await ada.isAt(room.step(4));
  await expect(sheet).toBeHidden();
});

test('what one presses is as large as a finger', async ({ room }) => {
  const ada = await room.join('Ada', PHONE);
  const controls = ada.page.locator('button:visible, header a:visible, label:has(input):visible');
  for (const control of await controls.all()) {
    const box = await control.boundingBox();
    const name = await control.evaluate((element) => element.outerHTML.slice(0, 200));
    expect(Math.min(box?.height ?? 0, box?.width ?? 0), name).toBeGreaterThanOrEqual(43.5);
  }
});
