import { RECONNECTED_MS } from '../support/attendee.ts';
import { PaceBar } from '../support/pace-bar.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const BACK = { timeout: RECONNECTED_MS };

test('the badge is honest, explains itself, and says when all is sent', async ({ room, watch }) => {
  watch.expectOutage();
  const { facilitator, server, workshop } = room;
  await facilitator.openRoom(workshop.id);
  await new PaceBar(facilitator.page).ask(1);
  const ada = await room.join('Ada');
  const badge = ada.page.getByTitle(say('pace_connection_details'));
  await expect(badge).toHaveText(say('pace_connection_live'));

  await server.kill();
  await expect(badge).toContainText(say('common_connection_reconnecting'), BACK);
  await ada.page.getByRole('button', { name: say('pace_stuck') }).click();
  await ada.say('kept');
  await expect(badge).toContainText(say('room_unsent', { count: 2 }));
  await badge.click();
  const sheet = ada.page.getByRole('dialog', { name: say('pace_connection_details') });
  await expect(sheet).toContainText(say('pace_connection_unsent_many', { count: 2 }));
  await expect(sheet).toContainText(say('pace_connection_offline_text'), BACK);
  await ada.closeSheet();
  // Nothing that would happen too late can be pressed.
  await expect(new PaceBar(facilitator.page).button(say('pace_timer'))).toBeDisabled();

  // What is being written outlives the outage and a reload.
  await ada.openHelp();
  await ada.helpSheet.getByLabel(say('help_message_label')).fill('half a sentence');
  await ada.closeSheet();

  await server.restart();
  await expect(badge).toHaveText(say('pace_connection_all_sent'), BACK);
  await expect(badge).toHaveText(say('pace_connection_live'));
  await new PaceBar(facilitator.page).counts(0, 1, 0);
  await ada.page.reload();
  await ada.isAt(room.step(1));
  await ada.openHelp();
  await expect(ada.helpSheet.getByLabel(say('help_message_label'))).toHaveValue('half a sentence');
  const { messages } = await facilitator.snapshot(workshop.id);
  expect(messages.map(({ text }) => text)).toEqual(['kept']);
});
