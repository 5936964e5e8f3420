/** A whole workshop: the facilitator in the real window, three attendees in Chromium, a crash. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';

import { RECONNECTED_MS } from '../support/attendee.ts';
import { expect } from '../support/expect.ts';
import { say } from '../support/words.ts';
import type { Lobby, Snapshot } from '../support/wire.ts';
import { App } from './app.ts';
import { Crowd } from './crowd.ts';
import { Desk } from './desk.ts';

const TITLE = 'Git from zero';
const BACK = { timeout: RECONNECTED_MS };

let app: App;
let crowd: Crowd;

before(async () => {
  app = await App.open();
  crowd = await Crowd.gather();
  crowd.watch.expectOutage();
});
after(async () => {
  await crowd.leave();
  await app.close();
});

it('a whole workshop, with kill -9 in the middle', async () => {
  const desk = new Desk(app);
  await desk.isInLibrary();
  const workshop = await desk.startWorkshop(TITLE);
  const { joinCode } = await desk.get<Lobby>(`/workshops/${workshop}/lobby`);
  const steps = (await snapshot(desk, workshop)).agenda[0]?.steps.map(({ title }) => title) ?? [];
  const [first = '', second = '', third = ''] = steps;

  // People join by the code of the lobby and appear on the board.
  const link = `${app.url}/#${joinCode}`;
  const ada = await crowd.join('Ada', link, first);
  const bob = await crowd.join('Bob', link, first);
  const cy = await crowd.join('Cy', link, first);
  await desk.openRoom(workshop);
  for (const { name } of [ada, bob, cy]) await desk.sees(name, 1);

  // They follow at their own pace.
  await ada.next();
  await ada.isAt(second);
  await ada.next();
  await ada.isAt(third);
  await bob.next();
  await desk.sees('Ada', 3);
  await desk.sees('Bob', 2);

  // They talk, and are talked to.
  await ada.say('Which git do you have?');
  await bob.hears('Which git do you have?');
  await desk.hears('Which git do you have?');
  await desk.announce('Break at eleven');
  for (const person of [ada, bob, cy]) {
    await expect(person.announcement('Break at eleven')).toBeVisible();
  }

  // Help is claimed and resolved.
  await cy.askForHelp('git is not found');
  await bob.askForHelp('I see no branch');
  await expect(bob.helpSheet).toContainText(say('help_place', { place: '2nd', waiting: 2 }));
  await desk.claim('Cy', 'git is not found');
  const name = say('enter_default_name');
  await expect(cy.helpSheet).toContainText(say('help_claimed_by', { name }));
  await desk.resolve('Cy');
  await expect(cy.toast(say('help_resolved'))).toBeVisible();
  await cy.closeSheet();
  await bob.closeSheet();

  // The app is killed while Ada writes, and opened again on the same port.
  await ada.messageField.fill('Are we offline?');
  await app.kill();
  await ada.messageField.press('Enter');
  await expect(ada.chat).toContainText(say('chat_waiting_for_connection'));
  await app.reopen();
  await desk.isInLibrary();
  await expect(bob.chat.getByText('Are we offline?', { exact: true })).toHaveCount(1, BACK);
  await expect(ada.chat.getByText(say('chat_waiting_for_connection'))).toHaveCount(0, BACK);
  await desk.openRoom(workshop);
  await cy.next();
  await desk.sees('Cy', 2);
  await desk.sees('Ada', 3);
  const room = await snapshot(desk, workshop);
  assert.deepEqual(
    room.messages.map(({ text }) => text),
    ['Which git do you have?', 'Break at eleven', 'Are we offline?'],
  );
  const roster = room.facilitation?.roster.map(({ person }) => person.name);
  assert.deepEqual(roster, [name, 'Ada', 'Bob', 'Cy']);
  await desk.claim('Bob', 'I see no branch');
  await desk.resolve('Bob');

  // It ends; everything can still be read.
  await desk.endWorkshop(TITLE);
  for (const person of [ada, bob, cy]) await expect(person.ended).toBeVisible();
  await ada.previous();
  await ada.isAt(second);
  assert.deepEqual(crowd.watch.problems, []);

  // What is kept of it lies where the system keeps downloads.
  assert.match(await desk.keepConversation(TITLE), /Are we offline\?/);
  assert.match(await desk.keepAttendance(workshop, TITLE), /^\ufeffSeat,.*\r\n(?:.*\r\n)*\d+,Cy,/u);
});

function snapshot(desk: Desk, workshop: string): Promise<Snapshot> {
  return desk.get<Snapshot>(`/workshops/${workshop}/snapshot`);
}
