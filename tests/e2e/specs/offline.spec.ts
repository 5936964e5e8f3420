import { Attendee, RECONNECTED_MS } from '../support/attendee.ts';
import { expect, test } from '../support/test.ts';
import { say, saying } from '../support/words.ts';

const BACK = { timeout: RECONNECTED_MS };

test.beforeEach(({ watch }) => {
  watch.expectOutage();
});

test('kill -9 while somebody writes: kept, sent once, nobody joins again', async ({ room }) => {
  const { facilitator, server } = room;
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await ada.say('before');
  await bob.hears('before');
  await ada.messageField.fill('in the dark');

  await server.kill();
  await expect(ada.connection.first()).toContainText(saying('common_connection_reconnecting'));
  await ada.messageField.press('Enter');
  await ada.hears('in the dark');
  await expect(ada.chat).toContainText(say('chat_waiting_for_connection'));
  await expect(ada.page.getByText(say('room_unsent', { count: 1 }))).toBeVisible();

  await server.restart();
  await expect(ada.chat.getByText(say('chat_waiting_for_connection'))).toHaveCount(0, BACK);
  await expect(bob.chat.getByText('in the dark', { exact: true })).toHaveCount(1, BACK);
  await ada.hears('in the dark');
  await bob.say('after');
  await ada.hears('after');
  await bob.hears('in the dark');
  const { facilitation, messages } = await facilitator.snapshot(room.workshop.id);
  expect(messages.map(({ text }) => text)).toEqual(['before', 'in the dark', 'after']);
  expect(facilitation?.roster).toHaveLength(3);
});

test('steps that were loaded can be read, and progress catches up', async ({ room }) => {
  const { facilitator, server } = room;
  const ada = await room.join('Ada');
  // The next step comes while this one is read.
  const prefetched = room.agenda[0]?.steps[1]?.content ?? '';
  await ada.page.waitForFunction(
    (hash) => performance.getEntriesByType('resource').some(({ name }) => name.includes(hash)),
    prefetched,
  );
  await facilitator.openRoom(room.workshop.id);
  await server.kill();
  await ada.next();
  await ada.isAt(room.step(2));
  await ada.markDone();

  await server.restart();
  await expect(facilitator.cell('Ada', 2)).toContainText(say('board_cell_here_done'), BACK);
  await expect(facilitator.cell('Ada', 1)).toContainText(say('board_cell_done'));
});

test('what was not sent survives a reload too', async ({ room }) => {
  const { server } = room;
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await ada.hasTools();
  // What Ada says does not reach the server.
  await ada.page.context().setOffline(true);
  await server.kill();
  await ada.say('across a reload');
  await ada.hears('across a reload');
  await server.restart();
  await ada.page.context().setOffline(false);
  await ada.page.reload();
  await ada.isAt(room.step(1));
  await expect(bob.chat.getByText('across a reload', { exact: true })).toHaveCount(1, BACK);
  await ada.hears('across a reload');
});

test('what the network took before it was loaded comes with the network', async ({
  room,
  open,
}) => {
  const page = await open();
  const ada = new Attendee(page, 'Ada');
  let isLost = false;
  await page.route('**/_app/immutable/**', (route) => (isLost ? route.abort() : route.continue()));
  await page.goto(room.link);
  await expect(page.getByLabel(say('join_name_label'))).toBeVisible();
  isLost = true;
  const refused = page.waitForEvent('requestfailed');
  await ada.giveName();
  await ada.isAt(room.step(1));
  await refused;
  await room.server.kill();
  isLost = false;
  await room.server.restart();
  await expect(ada.messageField).toBeVisible(BACK);
  await ada.hasTools();
});

test('an attendee whose Wi-Fi goes away is missing on the board, and comes back', async ({
  room,
}) => {
  const { facilitator, server } = room;
  const ada = await room.join('Ada');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.isOnline('Ada', true);
  await ada.page.goto('about:blank');
  await facilitator.isOnline('Ada', false);
  await ada.page.goto(server.url);
  await ada.isAt(room.step(1));
  await facilitator.isOnline('Ada', true);
});
