import { faults } from '../support/faults.ts';
import { PaceBar } from '../support/pace-bar.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

for (const colorScheme of ['light', 'dark'] as const) {
  test(`keeping a room together, ${colorScheme}`, async ({ room }) => {
    const { facilitator, workshop } = room;
    const { page } = facilitator;
    await page.emulateMedia({ colorScheme });
    await facilitator.openRoom(workshop.id);
    const bar = new PaceBar(page);
    const ada = await room.join('Ada', { ...PHONE, colorScheme });
    await bar.openUpTo(3, room.step(3));
    await bar.ask(2);
    await bar.startTimer(10, 'Coffee and a walk around the block');
    await bar.takeLead();
    await bar.leadOn(room.step(2));
    await ada.isAt(room.step(2));
    expect(await faults(page)).toEqual([]);
    await expect(ada.page.getByText(say('pace_question', { position: 2 }))).toBeInViewport();
    expect(await faults(ada.page)).toEqual([]);
    const wide = await ada.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide).toBe(0);

    await ada.page.getByRole('button', { name: say('pace_stuck') }).click();
    await ada.page.getByRole('button', { name: say('step_list') }).click();
    const sentence = ada.page.getByText(say('pace_list_locked', { position: 3 }));
    await expect(sentence.filter({ visible: true })).toBeVisible();
    expect(await faults(ada.page)).toEqual([]);
    await ada.closeSheet();
    await ada.page.getByTitle(say('pace_connection_details')).click();
    expect(await faults(ada.page)).toEqual([]);
    await ada.closeSheet();

    await bar.counts(0, 1, 0);
    await bar.names();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: say('pace_stage_open') }).click();
    await expect(page.getByRole('dialog', { name: say('pace_stage') })).toBeVisible();
    expect(await faults(page)).toEqual([]);
  });
}
