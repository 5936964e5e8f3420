import { Attendee } from '../support/attendee.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

/** Presses Tab until an element of this name has the focus. */
async function tabTo(person: Attendee, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    // In one look: what has the focus may be drawn anew at any moment.
    const named = await person.page.evaluate(() => {
      const focused = document.activeElement;
      return focused === document.body
        ? null
        : (focused?.getAttribute('aria-label') ?? focused?.textContent);
    });
    if (named?.trim().startsWith(name)) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`${name} cannot be reached by the Tab key`);
}

test('joining and following without a pointer', async ({ room, open }) => {
  const ada = new Attendee(await open(), 'Ada');
  const { keyboard } = ada.page;
  await ada.page.goto(room.link);
  await expect(ada.page.getByLabel(say('join_name_label'))).toBeFocused();
  await keyboard.type('Ada');
  await keyboard.press('Enter');
  await ada.isAt(room.step(1));

  await keyboard.press('ArrowRight');
  await ada.isAt(room.step(2));
  await tabTo(ada, say('step_next'));
  await keyboard.press('Enter');
  await ada.isAt(room.step(3));

  await ada.page.reload();
  await ada.isAt(room.step(3));
  await tabTo(ada, say('help_ask'));
  await keyboard.press('Enter');
  await expect(ada.helpSheet).toBeVisible();
  await keyboard.press('Escape');
  await expect(ada.helpSheet).toBeHidden();
  await expect(ada.helpButton).toBeFocused();

  await keyboard.press('?');
  await expect(ada.page.getByRole('dialog', { name: say('room_menu') })).toBeVisible();
});

test('a skip link leads past the bars', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.page.reload();
  await ada.isAt(room.step(1));
  await ada.page.locator('body').press('Tab');
  const skip = ada.page.getByRole('link', { name: say('common_skip_to_content') });
  await expect(skip).toBeFocused();
});
