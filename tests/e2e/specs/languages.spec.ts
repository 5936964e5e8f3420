import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test('Korean and back, in the middle of a workshop', async ({ room }) => {
  const ada = await room.join('Ada');
  const menu = await ada.openMenu();
  await menu.getByLabel(say('common_language')).selectOption('ko');
  const korean = ada.page.getByRole('dialog', { name: say('room_menu', {}, 'ko') });
  await expect(korean).toBeVisible();
  await expect(ada.page.locator('html')).toHaveAttribute('lang', 'ko');
  await ada.page.reload();
  const next = ada.page.getByRole('button', { name: say('step_next', {}, 'ko'), exact: true });
  await expect(next.filter({ visible: true })).toBeVisible();

  await ada.page.getByRole('button', { name: say('room_menu', {}, 'ko'), exact: true }).click();
  await korean.getByLabel(say('common_language', {}, 'ko')).selectOption('en');
  await expect(ada.page.getByRole('dialog', { name: say('room_menu') })).toBeVisible();
  await ada.closeSheet();
  await ada.isAt(room.step(1));
});

test('a Korean browser is greeted in Korean', async ({ room, open }) => {
  const page = await open({ locale: 'ko-KR' });
  await page.goto(room.link);
  await page.getByLabel(say('join_name_label', {}, 'ko')).fill('민아');
  await page.getByRole('button', { name: say('join_submit', {}, 'ko'), exact: true }).click();
  await expect(page.getByRole('button', { name: say('help_ask', {}, 'ko') })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
});

test('the library speaks Korean too', async ({ facilitator }) => {
  const { page } = facilitator;
  const language = page.getByLabel(say('common_language')).filter({ visible: true });
  await language.first().selectOption('ko');
  await expect(page.getByRole('heading', { name: say('frame_library', {}, 'ko') })).toBeVisible();
  await expect(page.getByRole('button', { name: say('import_button', {}, 'ko') })).toBeVisible();
});
