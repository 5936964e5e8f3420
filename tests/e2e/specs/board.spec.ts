import { Attendee } from '../support/attendee.ts';
import { give } from '../support/command.ts';
import { expect, test } from '../support/test.ts';
import { say, saying } from '../support/words.ts';

test('the board shows people and steps as they move', async ({ room }) => {
  const { facilitator } = room;
  await facilitator.openRoom(room.workshop.id);
  await expect(facilitator.page.getByText(say('board_empty_title'))).toBeVisible();
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await facilitator.sees('Ada', 1);
  await facilitator.sees('Bob', 1);

  await ada.next();
  await facilitator.sees('Ada', 2);
  await expect(facilitator.cell('Ada', 1)).toContainText(say('board_cell_done'));
  await expect(facilitator.cell('Bob', 2)).toContainText(say('board_cell_unopened'));
  await bob.askForHelp('');
  await expect(facilitator.row('Bob').getByRole('rowheader')).toContainText(/Waits for help/);
});

test('presence follows the tabs of a person', async ({ room }) => {
  const { facilitator } = room;
  await facilitator.openRoom(room.workshop.id);
  const ada = await room.join('Ada');
  await facilitator.isOnline('Ada', true);

  const second = await ada.page.context().newPage();
  await second.goto(room.address(1));
  await new Attendee(second, 'Ada').isAt(room.step(1));
  await ada.page.close();
  // Still there in the other tab: what Ada does there arrives.
  await new Attendee(second, 'Ada').next();
  await facilitator.sees('Ada', 2);
  await facilitator.isOnline('Ada', true);
  await second.close();
  await facilitator.isOnline('Ada', false);
});

test('names are searched, columns narrow, people are looked at', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await room.join('Bob');
  await ada.next();
  await facilitator.openRoom(room.workshop.id);
  await facilitator.sees('Ada', 2);

  const search = facilitator.board.getByLabel(say('board_search'));
  await search.fill('bo');
  await expect(facilitator.row('Ada')).toHaveCount(0);
  await expect(facilitator.row('Bob')).toBeVisible();
  await search.fill('');

  const only = say('board_only_step', { position: 2, title: room.step(2) });
  await facilitator.board.getByRole('button', { name: only }).click();
  await expect(facilitator.row('Bob')).toHaveCount(0);
  await expect(facilitator.row('Ada')).toBeVisible();

  await facilitator.row('Ada').getByRole('button').click();
  const sheet = facilitator.page.getByRole('dialog', { name: 'Ada' });
  const done = say('person_done_of', { done: 1, total: room.steps().length });
  await expect(sheet.getByText(done)).toBeVisible();
});

test('who is stuck is ranked and explained, and one press away', async ({ room }) => {
  const { facilitator } = room;
  await facilitator.openRoom(room.workshop.id);
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  const cy = await room.join('Cy');
  await cy.next();
  await facilitator.sees('Cy', 2);
  await ada.isAt(room.step(1));

  // Bob says that he is stuck; Ada waits for help, which is more urgent.
  const { codelab, steps } = room.agenda[0] ?? { codelab: '', steps: [] };
  const { id } = room.workshop;
  await give(facilitator.page, id, { type: 'ask_pace', codelab, step: steps[1]?.step });
  await give(bob.page, id, { type: 'answer_pace', pace: 1, answer: 'stuck' });
  await ada.askForHelp('Where is my file?');
  const stuck = facilitator.board.getByRole('region', { name: say('stuck_title') });
  await expect(stuck.getByRole('listitem')).toHaveText([
    new RegExp(`Ada\\s*${saying('stuck_waiting').source}`),
    new RegExp(`Bob\\s*${say('stuck_answered')}`),
  ]);

  await facilitator.filter('board_filter_stuck');
  await expect(facilitator.row('Cy')).toHaveCount(0);
  await expect(facilitator.row('Bob')).toBeVisible();
  await facilitator.filter('board_filter_waiting');
  await expect(facilitator.row('Bob')).toHaveCount(0);
  await cy.page.close();
  await facilitator.filter('board_filter_away');
  await expect(facilitator.row('Cy')).toBeVisible();
  await expect(facilitator.row('Ada')).toHaveCount(0);

  await stuck.getByRole('button', { name: /Bob/ }).click();
  const sheet = facilitator.page.getByRole('dialog', { name: 'Bob' });
  await expect(sheet.getByText(say('person_pace_stuck'), { exact: true })).toBeVisible();
});

test('a person: their steps with times, what they wrote, and muting them', async ({ room }) => {
  const { facilitator } = room;
  await facilitator.openRoom(room.workshop.id);
  const ada = await room.join('Ada');
  await ada.say('Does git add see subfolders?');
  await ada.hears('Does git add see subfolders?');
  await ada.askForHelp('My diff is empty');
  await facilitator.claim('Ada');
  await ada.closeSheet();

  const sheet = await facilitator.look('Ada');
  const step = (position: number) =>
    sheet.getByRole('listitem').filter({ hasText: room.step(position) });
  await expect(step(1)).toContainText(say('person_step_here'));
  await expect(sheet).toContainText('Does git add see subfolders?');
  await expect(sheet).toContainText('My diff is empty');
  // What they do while somebody looks appears.
  await ada.next();
  await ada.isAt(room.step(2));
  await expect(step(2)).toContainText(say('person_step_here'));
  await expect(step(1)).toContainText(saying('person_step_done'));
  await expect(step(2)).toContainText(saying('person_step_from'));

  await sheet.getByRole('button', { name: say('person_mute'), exact: true }).click();
  await expect(sheet.getByText(say('person_muted'), { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: say('person_unmute'), exact: true }).click();
  await expect(sheet.getByText(say('person_muted'), { exact: true })).toHaveCount(0);
});

test.describe('with a network', () => {
  test.use({ listenOn: '0.0.0.0' });

  test('a second facilitator comes by an invitation, which works once', async ({
    room,
    open,
    watch,
  }) => {
    watch.expectStatus(403);
    watch.expectStatus(404);
    const { secret } = await invitation(room.facilitator);
    const page = await open();
    await page.goto(`${room.server.url}/enter#${secret}`);
    await page.getByLabel(say('enter_name')).fill('Mina');
    await page.getByRole('button', { name: say('enter_submit') }).click();
    await expect(page.getByRole('heading', { name: say('frame_library') })).toBeVisible();
    await page.goto(`${room.server.url}/workshops/${room.workshop.id}`);
    await expect(page.getByRole('region', { name: say('board_label') })).toBeVisible();

    const late = await open();
    await late.goto(`${room.server.url}/enter#${secret}`);
    await late.getByRole('button', { name: say('enter_submit') }).click();
    await expect(late.getByText(say('problem_wrong_invitation'))).toBeVisible();
  });
});

test('the room is for facilitators', async ({ room, watch, open }) => {
  watch.expectStatus(401);
  watch.expectStatus(403);
  const page = await open();
  await page.goto(`${room.server.url}/workshops/${room.workshop.id}`);
  await expect(page.getByText(say('gate_signed_out_title'))).toBeVisible();
});

/** The secret of a new invitation; its links name the machine's networks, so any will do. */
async function invitation(facilitator: {
  post: <T>(path: string) => Promise<T>;
}): Promise<{ secret: string }> {
  const { links } = await facilitator.post<{ links: string[] }>('/invitations');
  const secret = links[0]?.split('#')[1];
  if (secret === undefined) throw new Error('the invitation has no link');
  return { secret };
}
