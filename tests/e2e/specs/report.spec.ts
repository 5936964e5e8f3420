import { readFile } from 'node:fs/promises';

import { faults } from '../support/faults.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test('after the end the report says who was where for how long', async ({ room }) => {
  const { facilitator } = room;
  const { page } = facilitator;
  await facilitator.openRoom(room.workshop.id);
  for (const [name, steps] of [
    ['Ada', 2],
    ['Bob', 1],
    ['민수', 1],
  ] as const) {
    const person = await room.join(name);
    for (let step = 0; step < steps; step += 1) {
      await person.next();
      await person.isAt(room.step(step + 2));
    }
    await facilitator.sees(name, steps + 1);
  }
  await facilitator.endWorkshop(room.workshop.title);
  await page.getByRole('link', { name: say('report_open') }).click();

  const steps = page.getByRole('region', { name: say('report_steps_title') });
  const first = steps.getByRole('row').filter({ hasText: room.step(1) });
  await expect(first).toContainText('3 / 3');
  const second = steps.getByRole('row').filter({ hasText: room.step(2) });
  await expect(second).toContainText('1 / 3');
  const people = page.getByRole('region', { name: say('report_people_title') });
  const total = String(room.steps().length);
  await expect(people.getByRole('row').filter({ hasText: 'Ada' })).toContainText(`2 / ${total}`);
  const heat = page.getByRole('region', { name: say('report_heat_title') });
  const line = heat.getByRole('row').filter({ hasText: 'Bob' }).getByRole('cell');
  await expect(line.nth(1)).toContainText(say('report_not_finished'));
  await expect(line.nth(2)).toContainText(say('report_never_opened'));
  expect(await faults(page)).toEqual([]);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: say('report_download') }).click();
  await page.getByRole('menuitem', { name: say('report_download_attendance') }).click();
  const file = await saved;
  expect(file.suggestedFilename()).toBe(`${room.workshop.title} - attendance.csv`);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(text).toContain('민수');
});

test('the report of a workshop that runs is one so far', async ({ room }) => {
  const { page, url } = room.facilitator;
  await page.goto(`${url}/workshops/${room.workshop.id}/report`);
  await expect(page.getByText(say('report_empty_title'), { exact: true })).toBeVisible();
  await expect(page.getByText(say('report_so_far'))).toBeVisible();
  await room.join('Ada');
  await page.getByRole('button', { name: say('report_refresh') }).click();
  await expect(page.getByRole('region', { name: say('report_people_title') })).toContainText('Ada');
});

test('on paper there is the report and nothing else', async ({ room }) => {
  await room.join('Ada');
  const { page, url } = room.facilitator;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(`${url}/workshops/${room.workshop.id}/report`);
  await expect(page.getByRole('region', { name: say('report_people_title') })).toBeVisible();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('button', { name: say('report_print') })).toBeHidden();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toBeVisible();
  await expect(heading).toHaveCSS('color', 'rgb(0, 0, 0)');
});

test('the workshop can be played again, by keyboard', async ({ room }) => {
  const { facilitator } = room;
  const { page } = facilitator;
  const ada = await room.join('Ada');
  await ada.say('Good morning');
  await ada.next();
  await facilitator.openRoom(room.workshop.id);
  await facilitator.sees('Ada', 2);
  await page.getByRole('button', { name: say('board_more') }).click();
  await page.getByRole('menuitem', { name: say('replay_title') }).click();

  const board = page.getByRole('region', { name: say('board_label') });
  const cells = board.getByRole('row').filter({ hasText: 'Ada' }).getByRole('cell');
  await expect(cells.nth(0)).toHaveAccessibleName(say('board_cell_done'));
  await expect(cells.nth(1)).toHaveAccessibleName(say('board_cell_here'));
  await expect(page.getByText('Good morning')).toBeVisible();
  expect(await faults(page)).toEqual([]);

  const slider = page.getByRole('slider', { name: say('replay_slider') });
  await slider.focus();
  await page.keyboard.press('Home');
  await expect(board).toContainText(say('replay_nobody'));
  await expect(page.getByText(say('replay_silence'))).toBeVisible();
  const next = page.getByRole('button', { name: say('replay_next') });
  await expect(async () => {
    await next.click();
    await expect(cells.nth(0)).toHaveAccessibleName(say('board_cell_here'), { timeout: 100 });
  }).toPass();
  await slider.focus();
  await page.keyboard.press('Space');
  await expect(cells.nth(1)).toHaveAccessibleName(say('board_cell_here'));
  await expect(page.getByRole('button', { name: say('replay_play'), exact: true })).toBeVisible();
});

test('report and replay fit on a phone', async ({ room }) => {
  await room.join('Ada');
  const { page, url } = room.facilitator;
  await page.setViewportSize({ width: 360, height: 740 });
  for (const [where, what] of [
    ['report', say('report_heat_title')],
    ['replay', say('board_label')],
  ] as const) {
    await page.goto(`${url}/workshops/${room.workshop.id}/${where}`);
    await expect(page.getByRole('region', { name: what })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBe(360);
  }
});
