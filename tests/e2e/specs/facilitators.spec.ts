import type { Locator, Page } from '@playwright/test';

import { Facilitator } from '../support/facilitator.ts';
import { faults } from '../support/faults.ts';
import { PaceBar } from '../support/pace-bar.ts';
import type { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test.use({ listenOn: '0.0.0.0' });

async function openTeam(page: Page): Promise<Locator> {
  const button = page.getByRole('button', { name: say('facilitators_title'), exact: true });
  await button.filter({ visible: true }).click();
  return page.getByRole('dialog', { name: say('facilitators_title') });
}

/** Invites somebody by name, and reads the link that is shown. */
async function invite(page: Page, name: string): Promise<{ team: Locator; link: string }> {
  const team = await openTeam(page);
  await makeInvitation(team, name);
  const link = await team.getByRole('code').textContent();
  return { team, link: link?.trim() ?? '' };
}

async function makeInvitation(team: Locator, name: string): Promise<void> {
  await team.getByLabel(say('invite_for')).fill(name);
  await team.getByRole('button', { name: say('invite_make') }).click();
  await expect(team.getByText(say('invite_ready', { name }))).toBeVisible();
  await expect(team.getByRole('img', { name: say('invite_qr', { name }) })).toBeVisible();
}

/** Opens the link of an invitation on another machine. */
async function arrive(room: Room, page: Page, link: string): Promise<Facilitator> {
  await page.goto(`${room.server.url}/enter#${link.split('#')[1] ?? ''}`);
  return new Facilitator(page, room.server.url);
}

test('a second facilitator comes by a link of their own, and is removed at once', async ({
  room,
  open,
  watch,
}) => {
  watch.expectStatus(401);
  const grace = room.facilitator;
  await grace.openRoom(room.workshop.id);
  const { team, link } = await invite(grace.page, 'Linus');
  expect(await faults(grace.page)).toEqual([]);

  const page = await open();
  const linus = await arrive(room, page, link);
  await expect(page.getByLabel(say('enter_name'))).toHaveValue('Linus');
  await page.getByRole('button', { name: say('enter_submit') }).click();
  await expect(page.getByRole('heading', { name: say('frame_library') })).toBeVisible();
  await linus.openRoom(room.workshop.id);

  const person = team.getByRole('listitem').filter({ hasText: 'Linus' });
  await expect(person).toContainText(say('facilitators_online'));
  await expect(team.getByText(say('invite_ready', { name: 'Linus' }))).toBeHidden();
  await person.getByRole('button', { name: say('facilitators_remove') }).click();
  const question = grace.page.getByRole('alertdialog');
  await expect(question).toContainText(say('facilitators_remove_title', { name: 'Linus' }));
  await question.getByRole('button', { name: say('facilitators_remove') }).click();

  await expect(page.getByText(say('gate_removed_title'))).toBeVisible();
  await expect(page.getByText(say('gate_removed_text'))).toBeVisible();
  const refused = await page.evaluate(async () => (await fetch('/api/v1/codelabs')).status);
  expect(refused).toBe(401);
  await expect(person.getByRole('button', { name: say('facilitators_remove') })).toHaveCount(0);
});

test('an invitation that was taken back lets nobody in', async ({ room, open, watch }) => {
  watch.expectStatus(403);
  const grace = room.facilitator;
  const { team, link } = await invite(grace.page, 'Linus');
  const line = team.getByRole('listitem').filter({ hasText: say('facilitators_not_used') });
  await line.getByRole('button', { name: say('facilitators_revoke') }).click();
  await expect(line).toHaveCount(0);
  await expect(team.getByText(say('facilitators_settled', { count: 1 }))).toBeVisible();

  const page = await open();
  await arrive(room, page, link);
  await page.getByRole('button', { name: say('enter_submit') }).click();
  await expect(page.getByText(say('enter_refused_title'))).toBeVisible();
});

test('the owner stays, and who leaves is asked first', async ({ room, open, watch }) => {
  watch.expectStatus(401);
  const { link } = await invite(room.facilitator.page, 'Linus');
  const page = await open();
  await arrive(room, page, link);
  await page.getByRole('button', { name: say('enter_submit') }).click();
  await expect(page.getByRole('heading', { name: say('frame_library') })).toBeVisible();
  const team = await openTeam(page);
  const owner = team.getByRole('listitem').filter({ hasText: say('facilitators_owner') });
  await expect(owner).toBeVisible();
  await expect(owner.getByRole('button')).toHaveCount(0);

  const me = team.getByRole('listitem').filter({ hasText: say('facilitators_you') });
  await me.getByRole('button', { name: say('facilitators_leave') }).click();
  const question = page.getByRole('alertdialog', { name: say('facilitators_leave_title') });
  await question.getByRole('button', { name: say('common_cancel') }).click();
  await expect(question).toBeHidden();
  await me.getByRole('button', { name: say('facilitators_leave') }).click();
  await question.getByRole('button', { name: say('facilitators_leave') }).click();
  await expect(page.getByText(say('gate_removed_title'))).toBeVisible();
});

test('everybody sees whom the room follows', async ({ room }) => {
  const { page } = room.facilitator;
  await room.facilitator.openRoom(room.workshop.id);
  const { person } = (await room.facilitator.snapshot(room.workshop.id)).you;
  const faces = page.getByRole('button', {
    name: say('facilitators_in_room', { names: person.name }),
  });
  await expect(faces).not.toHaveAccessibleName(/follows/);
  await new PaceBar(page).takeLead();
  await expect(faces).toHaveAccessibleName(
    new RegExp(say('facilitators_leads', { name: person.name })),
  );
});

test('who facilitates and whom to invite fits on a phone', async ({ room }) => {
  const { page } = room.facilitator;
  await page.setViewportSize({ width: 360, height: 740 });
  await room.facilitator.openRoom(room.workshop.id);
  const width = () => page.evaluate(() => document.documentElement.scrollWidth);
  expect(await width()).toBe(360);
  await page.getByRole('button', { name: say('board_more') }).click();
  await page.getByRole('menuitem', { name: say('facilitators_title') }).click();
  const team = page.getByRole('dialog', { name: say('facilitators_title') });
  await makeInvitation(team, 'Bartholomäus van der Meulen-Grönlund');
  expect(await width()).toBe(360);
  expect(await team.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
  expect(await faults(page)).toEqual([]);
});
