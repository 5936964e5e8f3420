import type { Locator } from '@playwright/test';

import type { Attendee } from '../support/attendee.ts';
import type { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const card = ({ page }: Attendee): Locator =>
  page.getByRole('region', { name: say('pace_late_label') });

/** Two people at a step, counted from 1. */
async function roomAt(room: Room, position: number): Promise<Attendee> {
  const people = [await room.join('Ada'), await room.join('Bob')];
  for (const person of people) {
    await person.page.goto(room.address(position));
    await person.isAt(room.step(position));
  }
  const [first] = people;
  if (!first) throw new Error('nobody joined');
  await room.facilitator.openRoom(room.workshop.id);
  await room.facilitator.sees('Bob', position);
  return first;
}

test('who comes late is offered to jump to where the room is, once', async ({ room }) => {
  const early = await roomAt(room, 5);
  const cleo = await room.join('Cleo');
  await expect(card(cleo)).toContainText(say('pace_late_title', { position: 5 }));
  await expect(card(cleo)).toContainText(room.step(5));
  await card(cleo)
    .getByRole('button', { name: say('pace_late_jump', { position: 5 }) })
    .click();
  await cleo.isAt(room.step(5));
  await expect(card(cleo)).toHaveCount(0);
  await cleo.page.goto(room.address(1));
  await cleo.isAt(room.step(1));
  await cleo.hasTools();
  await expect(card(cleo)).toHaveCount(0);
  await expect(card(early)).toHaveCount(0);
});

test('who would rather begin at the beginning is not asked again', async ({ room }) => {
  await roomAt(room, 4);
  const cleo = await room.join('Cleo');
  await card(cleo)
    .getByRole('button', { name: say('pace_late_stay') })
    .click();
  await cleo.isAt(room.step(1));
  await cleo.page.reload();
  await cleo.isAt(room.step(1));
  await cleo.hasTools();
  await expect(card(cleo)).toHaveCount(0);
});
