import { Attendee } from '../support/attendee.ts';
import { scan } from '../support/qr.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

test('a seat goes to a phone by its QR code, and stays usable here', async ({ room, open }) => {
  const ada = await room.join('Ada');
  await ada.next();
  await ada.isAt(room.step(2));
  const menu = await ada.openMenu();
  await expect(menu).toContainText(say('pace_device_stays'));
  const qr = menu.getByRole('img', { name: say('pace_device_qr') });
  await expect(qr).toBeVisible();
  const link = (await scan(qr)) ?? '';
  expect(link.startsWith(`${room.server.url}/resume#`)).toBe(true);
  await ada.closeSheet();

  const phone = new Attendee(await open(PHONE), 'Ada');
  await phone.page.goto(link);
  await phone.page.getByRole('button', { name: say('join_resume_submit') }).click();
  await phone.isAt(room.step(2));
  // The secret is not left in the address.
  expect(phone.page.url()).not.toContain('#');
  await ada.say('from the laptop');
  await phone.page.getByRole('button', { name: /^Chat/ }).filter({ visible: true }).click();
  await phone.hears('from the laptop');
  const { facilitation } = await room.facilitator.snapshot(room.workshop.id);
  expect(facilitation?.roster.filter(({ person }) => person.role === 'attendee')).toHaveLength(1);
});

test('a new code replaces the older one, on every device', async ({ room, open, watch }) => {
  watch.expectStatus(403);
  const ada = await room.join('Ada');
  const older = await ada.resumeCode();
  const menu = await ada.openMenu();
  await expect(menu.getByText(say('pace_device_older'))).toBeVisible();
  await menu.getByRole('button', { name: say('pace_device_again') }).click();
  await expect(menu.getByText(`#${older}`)).toHaveCount(0);
  const newer = (await scan(menu.getByRole('img', { name: say('pace_device_qr') }))) ?? '';
  await ada.closeSheet();

  const other = await open();
  await other.goto(`${room.server.url}/resume#${older}`);
  await other.getByRole('button', { name: say('join_resume_submit') }).click();
  await expect(other.getByText(say('problem_wrong_resume_code'))).toBeVisible();
  await other.goto(newer);
  await other.getByRole('button', { name: say('join_resume_submit') }).click();
  const phone = new Attendee(other, 'Ada');
  await phone.isAt(room.step(1));

  // Made anew there, the code that is remembered here is worth nothing: this page says so.
  const there = await phone.openMenu();
  await there.getByRole('button', { name: say('pace_device_again') }).click();
  await expect(there.getByText(newer)).toHaveCount(0);
  const here = await ada.openMenu();
  await expect(here.getByText(say('pace_device_replaced'))).toBeVisible();
});
