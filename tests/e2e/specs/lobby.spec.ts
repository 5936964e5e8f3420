import { scan } from '../support/qr.ts';
import { Room } from '../support/room.ts';
import { expect, GIT, PYTHON, test } from '../support/test.ts';
import { say, saying } from '../support/words.ts';

test.use({ listenOn: '0.0.0.0' });

test('from the library to the lobby: choose, order, start', async ({
  facilitator,
  server,
  open,
}) => {
  const { page } = facilitator;
  await page.getByLabel(say('library_choose', { title: PYTHON })).check();
  await page.getByLabel(say('library_choose', { title: GIT })).check();
  await page.getByRole('button', { name: say('library_start_many', { count: 2 }) }).click();
  const dialog = page.getByRole('dialog', { name: say('start_title') });
  await dialog.getByLabel(say('start_name')).fill('A day in the workshop');
  await dialog.getByRole('button', { name: say('start_move_up', { title: GIT }) }).click();
  await facilitator.confirmStart();
  await expect(page.getByRole('heading', { name: 'A day in the workshop' })).toBeVisible();

  const [workshop] = (await facilitator.get<{ items: Room['workshop'][] }>('/workshops')).items;
  if (!workshop) throw new Error('no workshop was started');
  const room = await Room.of(server, facilitator, workshop, open);
  expect(room.agenda.map(({ title }) => title)).toEqual([GIT, PYTHON]);
});

test('the lobby shows address, code and a QR code that a camera can read', async ({ room }) => {
  const { facilitator } = room;
  const lobby = await facilitator.lobby(room.workshop.id);
  await facilitator.page.goto(`${facilitator.url}/workshops/${room.workshop.id}/lobby`);
  const address = lobby.addresses[0];
  if (!address) {
    // A machine without a network has nothing to show but how to get one.
    await expect(facilitator.page.getByText(say('lobby_no_network_title'))).toBeVisible();
    console.log('skipped: the QR code in the lobby needs a network');
    return;
  }
  const short = address.url.replace('http://', '');
  await expect(facilitator.page.getByText(short, { exact: true }).first()).toBeVisible();
  const spaced = `${lobby.joinCode.slice(0, 3)} ${lobby.joinCode.slice(3)}`;
  await expect(facilitator.page.getByText(spaced, { exact: true })).toBeVisible();
  const qr = facilitator.page.getByRole('img', { name: say('lobby_qr', { address: short }) });
  await expect(qr).toBeVisible();
  expect(await scan(qr)).toBe(address.joinUrl);
  expect(address.joinUrl).toContain(`#${lobby.joinCode}`);
});

test('names appear as people join', async ({ room }) => {
  const { facilitator } = room;
  await facilitator.page.goto(`${facilitator.url}/workshops/${room.workshop.id}/lobby`);
  await expect(facilitator.page.getByText(say('lobby_nobody_yet'))).toBeVisible();
  await room.join('Ada');
  await expect(facilitator.page.getByText(say('lobby_joined_one'))).toBeVisible();
  await room.join('Grace');
  const arrivals = facilitator.page.getByRole('region', { name: say('lobby_arrivals') });
  await expect(arrivals.getByRole('listitem')).toHaveText(['Grace', 'Ada']);
  await expect(arrivals.getByText(say('lobby_joined_many', { count: 2 }))).toBeVisible();
});

test('the code can be switched off', async ({ room, open }) => {
  const { facilitator } = room;
  const door = await open();
  await door.goto(room.server.url);
  await expect(door.getByLabel(say('join_code_label'))).toBeVisible();

  await facilitator.page.goto(`${facilitator.url}/workshops/${room.workshop.id}/lobby`);
  await facilitator.page.getByText(say('lobby_require_code')).click();
  await expect(facilitator.page.getByText(saying('lobby_no_code'))).toBeVisible();
  await door.reload();
  await door.getByLabel(say('join_name_label')).fill('Ada');
  await expect(door.getByLabel(say('join_code_label'))).toHaveCount(0);
  await door.getByRole('button', { name: say('join_submit'), exact: true }).click();
  await expect(door).toHaveURL(/\/w\//);
});
