import { faults } from '../support/faults.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test('the entrance', async ({ room, open }) => {
      const page = await open({ colorScheme });
      await page.goto(room.server.url);
      await expect(page.getByLabel(say('join_code_label'))).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.getByRole('link', { name: say('join_have_resume_code') }).click();
      await expect(page.getByLabel(say('join_resume_label'))).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });

    test('steps, chat and help', async ({ room }) => {
      const ada = await room.join('Ada', { colorScheme });
      await ada.say('hello');
      await ada.hears('hello');
      for (let position = 1; position <= room.steps().length; position += 1) {
        await ada.page.goto(room.address(position));
        await ada.isAt(room.step(position));
        await ada.hasTools();
        expect(await faults(ada.page), room.step(position)).toEqual([]);
      }
      await ada.openHelp();
      expect(await faults(ada.page)).toEqual([]);
      await ada.askForHelp('please');
      await expect(ada.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
      expect(await faults(ada.page)).toEqual([]);
      await ada.closeSheet();
      await ada.openMenu();
      expect(await faults(ada.page)).toEqual([]);
    });

    test('library, lobby and room', async ({ room }) => {
      const { facilitator } = room;
      await facilitator.page.emulateMedia({ colorScheme });
      const bob = await room.join('Bob');
      await bob.askForHelp('please');
      await facilitator.page.goto(`${facilitator.url}/library`);
      await expect(facilitator.card(room.workshop.title)).toBeVisible();
      expect(await faults(facilitator.page)).toEqual([]);
      await facilitator
        .card(room.workshop.title)
        .getByRole('button', { name: say('library_start') })
        .click();
      await expect(facilitator.page.getByRole('dialog')).toBeVisible();
      expect(await faults(facilitator.page)).toEqual([]);

      await facilitator.page.goto(`${facilitator.url}/workshops`);
      await expect(facilitator.page.getByText(room.workshop.title).first()).toBeVisible();
      expect(await faults(facilitator.page)).toEqual([]);

      await facilitator.page.goto(`${facilitator.url}/workshops/${room.workshop.id}/lobby`);
      await expect(facilitator.page.getByText(say('lobby_joined_one'))).toBeVisible();
      expect(await faults(facilitator.page)).toEqual([]);

      await facilitator.openRoom(room.workshop.id);
      await expect(facilitator.request('Bob')).toBeVisible();
      expect(await faults(facilitator.page)).toEqual([]);
      await facilitator.openTab('board_chat_tab');
      expect(await faults(facilitator.page)).toEqual([]);
    });
  });
}
