import { Attendee } from '../support/attendee.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

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
