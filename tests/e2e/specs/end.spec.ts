import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test('the end: everybody sees it, can read, and write no more', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await ada.say('Thank you!');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.endWorkshop(room.workshop.title);

  await expect(ada.ended).toBeVisible();
  await expect(ada.page.getByText(say('chat_ended'))).toBeVisible();
  await expect(ada.messageField).toHaveCount(0);
  await expect(ada.page.getByLabel(say('step_mark_done'))).toBeDisabled();
  await ada.openHelp();
  await expect(ada.helpSheet).toContainText(say('help_ended'));
  await ada.closeSheet();
  await ada.next();
  await ada.isAt(room.step(2));
  await ada.page.reload();
  await ada.isAt(room.step(2));
  await expect(ada.ended).toBeVisible();
});

test('who took part finds the way back, who did not cannot join', async ({ room, open }) => {
  const { facilitator, server } = room;
  const ada = await room.join('Ada');
  await facilitator.post(`/workshops/${room.workshop.id}/end`);
  await expect(ada.ended).toBeVisible();

  await ada.page.goto(server.url);
  const back = ada.page.getByRole('link', { name: room.workshop.title });
  await back.click();
  await ada.isAt(room.step(1));

  const late = await open();
  await late.goto(room.link);
  await expect(late.getByText(say('join_wait_title'))).toBeVisible();
});

test('the history stays', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await ada.say('Thank you!');
  await ada.hears('Thank you!');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.endWorkshop(room.workshop.title);
  await facilitator.page.goto(`${facilitator.url}/workshops`);
  await expect(
    facilitator.page.getByRole('heading', { name: say('workshops_history') }),
  ).toBeVisible();
  const line = new RegExp(`^${room.workshop.title}`);
  await facilitator.page.getByRole('link', { name: line }).click();
  await expect(facilitator.row('Ada')).toBeVisible();
  await facilitator.openTab('board_chat_tab');
  await expect(facilitator.chat).toContainText('Thank you!');
});
