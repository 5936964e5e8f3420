import { RECONNECTED_MS } from '../support/attendee.ts';
import { Room } from '../support/room.ts';
import { expect, GIT, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test('a whole workshop: one facilitator, three attendees, a crash', async ({
  server,
  facilitator,
  open,
  watch,
}) => {
  watch.expectOutage();
  const { page } = facilitator;

  // The facilitator starts it from the library.
  await facilitator
    .card(GIT)
    .getByRole('button', { name: say('library_start') })
    .click();
  await facilitator.confirmStart();
  const id = new URL(page.url()).pathname.split('/')[2] ?? '';
  const [workshop] = (await facilitator.get<{ items: Room['workshop'][] }>('/workshops')).items;
  if (workshop?.id !== id) throw new Error('the lobby is another workshop’s');
  const room = await Room.of(server, facilitator, workshop, open);

  // People arrive; the lobby counts them, the board shows them.
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  const cy = await room.join('Cy', { viewport: { width: 900, height: 800 } });
  await expect(page.getByText(say('lobby_joined_many', { count: 3 }))).toBeVisible();
  await page.getByRole('link', { name: say('workshops_to_room') }).click();
  await facilitator.sees('Cy', 1);

  // They follow at their own pace.
  await ada.next();
  await ada.isAt(room.step(2));
  await ada.next();
  await ada.isAt(room.step(3));
  await bob.next();
  await bob.isAt(room.step(2));
  await facilitator.sees('Ada', 3);
  await facilitator.sees('Bob', 2);

  // They talk.
  await ada.say('Which git do you have?');
  await bob.hears('Which git do you have?');
  await bob.say('2.47');
  await ada.hears('2.47');
  await facilitator.announce('Break at eleven');
  for (const person of [ada, bob, cy]) {
    await expect(person.announcement('Break at eleven')).toBeVisible();
  }

  // Two need help, one gets it.
  await cy.askForHelp('git is not found');
  await expect(cy.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
  await bob.askForHelp('I see no branch');
  await expect(bob.helpSheet).toContainText(say('help_place', { place: '2nd', waiting: 2 }));
  await facilitator.claim('Cy');
  const name = say('enter_default_name');
  await expect(cy.helpSheet).toContainText(say('help_claimed_by', { name }));
  await facilitator.resolve('Cy');
  await expect(cy.toast(say('help_resolved'))).toBeVisible();
  await cy.closeSheet();
  await bob.closeSheet();

  // The machine crashes in the middle, and comes back.
  await ada.messageField.fill('Are we offline?');
  await server.kill();
  await ada.messageField.press('Enter');
  await expect(ada.chat).toContainText(say('chat_waiting_for_connection'));
  await server.restart();
  const back = { timeout: RECONNECTED_MS };
  await expect(bob.chat.getByText('Are we offline?', { exact: true })).toHaveCount(1, back);
  await expect(ada.chat.getByText(say('chat_waiting_for_connection'))).toHaveCount(0, back);
  await cy.next();
  await facilitator.sees('Cy', 2);
  await expect(facilitator.request('Bob')).toContainText('I see no branch');
  const after = await facilitator.snapshot(room.workshop.id);
  expect(after.messages.map(({ text }) => text)).toEqual([
    'Which git do you have?',
    '2.47',
    'Break at eleven',
    'Are we offline?',
  ]);
  expect(after.facilitation?.roster.map(({ person }) => person.name)).toEqual([
    name,
    'Ada',
    'Bob',
    'Cy',
  ]);

  // It ends; everything can still be read.
  await facilitator.endWorkshop(room.workshop.title);
  for (const person of [ada, bob, cy]) {
    await expect(person.ended).toBeVisible();
  }
  await ada.next();
  await ada.isAt(room.step(4));
});
