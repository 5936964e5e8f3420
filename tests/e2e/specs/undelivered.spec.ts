/** What was not sent is never called sent: it stays with its author, and is counted. */
import { readFile } from 'node:fs/promises';

import type { Locator, Page } from '@playwright/test';

import { Attendee, RECONNECTED_MS } from '../support/attendee.ts';
import { give } from '../support/command.ts';
import { Conversation } from '../support/conversation.ts';
import { faults } from '../support/faults.ts';
import { Asked } from '../support/polls.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say, saying } from '../support/words.ts';
import type { CodelabDetail } from '../support/wire.ts';

const BACK = { timeout: RECONNECTED_MS };
const PHONE = { viewport: { width: 360, height: 740 } } as const;
const QUIZ =
  '# Tea\n\n## Water\n\nBoil it.\n\n```quiz\nWhat makes tea?\n- [ ] Sand\n- [x] Leaves\n```\n';

const badge = (page: Page): Locator => page.getByTitle(say('pace_connection_details'));
const list = (page: Page): Locator =>
  page.getByRole('region', { name: say('undelivered_title') }).filter({ visible: true });
const item = (page: Page, words: string): Locator =>
  list(page).getByRole('listitem').filter({ hasText: words });
const counts = (page: Page, count: number): Promise<void> =>
  expect(badge(page)).toContainText(say('undelivered_count', { count }), BACK);

/** Ada's network is gone; everybody else's is there. */
async function loseNetwork(ada: Attendee, room: Room): Promise<void> {
  await ada.page.context().setOffline(true);
  await room.server.kill();
  await room.server.restart();
  await expect(badge(ada.page)).toContainText(
    new RegExp(`${say('common_connection_offline')}|${say('common_connection_reconnecting')}`),
    BACK,
  );
}

test.beforeEach(({ watch }) => {
  watch.expectOutage();
});

test('a workshop ends while somebody is offline: nothing they wrote is gone, nothing is called sent', async ({
  server,
  facilitator,
  open,
}, info) => {
  await facilitator.post<CodelabDetail>('/codelabs/blank', { title: 'Tea', source: QUIZ });
  const room = await Room.start(server, facilitator, ['Tea'], open);
  const ada = await room.join('Ada');
  const { page } = ada;
  await ada.hasTools();
  await loseNetwork(ada, room);
  await ada.say('in the dark');
  await ada.hears('in the dark');
  await page.getByRole('group', { name: 'What makes tea?' }).getByText('Leaves').click();
  await page.getByRole('button', { name: say('quiz_check'), exact: true }).click();
  await ada.markDone();
  await ada.messageField.fill('half a sentence');
  await expect(badge(page)).toContainText(say('room_unsent', { count: 3 }));
  await facilitator.post(`/workshops/${room.workshop.id}/end`);

  const said = page.getByText(say('pace_connection_all_sent'));
  await page.context().setOffline(false);
  await expect(ada.ended).toBeVisible(BACK);
  await counts(page, 4);
  await expect(said).toHaveCount(0);
  await expect(ada.toast(say('undelivered_toast_many', { count: 4 })).first()).toBeAttached();

  await page.reload();
  await ada.isAt(room.step(1));
  await counts(page, 4);
  await badge(page).click();
  for (const words of ['in the dark', 'half a sentence']) {
    await expect(item(page, words)).toHaveCount(1);
    await expect(
      item(page, words).getByRole('button', { name: say('common_copy'), exact: true }),
    ).toBeVisible();
  }
  await expect(item(page, 'in the dark')).toContainText(say('undelivered_reason_ended'));
  const step = { position: 1, title: room.step(1) };
  await expect(item(page, say('undelivered_done', step))).toHaveCount(1);
  await expect(item(page, say('undelivered_quiz', step))).toHaveCount(1);
  await expect(list(page).getByRole('button', { name: say('undelivered_send_again') })).toHaveCount(
    0,
  );
  expect(await faults(page)).toEqual([]);
  await info.attach('ended', { body: await page.screenshot(), contentType: 'image/png' });

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: say('undelivered_save') }).click();
  const saved = await readFile(await (await saving).path(), 'utf8');
  expect(saved).toContain('in the dark');
  expect(saved).toContain('half a sentence');

  // Dismissed by mistake, and for good.
  const dismiss = (words: string): Promise<void> =>
    item(page, words)
      .getByRole('button', { name: say('undelivered_dismiss'), exact: true })
      .click();
  await dismiss('half a sentence');
  await expect(item(page, 'half a sentence')).toHaveCount(0);
  await ada.closeSheet();
  await page.getByRole('button', { name: say('undelivered_undo'), exact: true }).click();
  await counts(page, 4);
  await badge(page).click();
  await page.getByRole('button', { name: say('undelivered_dismiss_all') }).click();
  await expect(list(page)).toHaveCount(0);
  await page.reload();
  await ada.isAt(room.step(1));
  await expect(badge(page)).toHaveText(say('pace_connection_live'));
  const { messages } = await facilitator.snapshot(room.workshop.id);
  expect(messages).toEqual([]);
});

test('a seat that is gone: what was written waits at the door, and is sent from the next seat', async ({
  room,
  watch,
}, info) => {
  watch.expectStatus(401);
  watch.expectStatus(403);
  const bob = await room.join('Bob');
  const ada = await room.join('Ada', PHONE);
  const { page } = ada;
  await page
    .getByRole('button', { name: say('chat_title') })
    .filter({ visible: true })
    .click();
  await ada.messageField.fill('half a sentence');
  await ada.closeSheet();
  await loseNetwork(ada, room);
  await page
    .getByRole('button', { name: say('chat_title') })
    .filter({ visible: true })
    .click();
  const kept = await ada.messageField.inputValue();
  expect(kept).toBe('half a sentence');
  await ada.messageField.fill('from the old seat');
  await page
    .getByRole('button', { name: say('chat_send') })
    .filter({ visible: true })
    .click();
  await ada.messageField.fill('half a sentence');
  await ada.closeSheet();
  await page.context().clearCookies();
  await page.context().setOffline(false);

  await expect(page.getByText(say('join_seat_lost_title'))).toBeVisible(BACK);
  await expect(page.getByText(say('undelivered_count', { count: 2 }))).toBeVisible();
  await expect(item(page, 'from the old seat')).toContainText(say('undelivered_reason_seat'));
  await page.reload();
  await expect(item(page, 'half a sentence')).toHaveCount(1);
  expect(await faults(page)).toEqual([]);
  await info.attach('door', { body: await page.screenshot(), contentType: 'image/png' });

  await ada.giveName(room.code);
  await ada.isAt(room.step(1));
  await counts(page, 1);
  await badge(page).click();
  await item(page, 'from the old seat')
    .getByRole('button', { name: say('undelivered_send_again') })
    .click();
  await bob.hears('from the old seat');
  await expect(badge(page)).toHaveText(say('pace_connection_live'));
  await page.reload();
  await ada.isAt(room.step(1));
  await expect(badge(page)).toHaveText(say('pace_connection_live'));
});

test('a poll that closed and a message that was deleted meanwhile', async ({ room }, info) => {
  const { facilitator } = room;
  const workshop = room.workshop.id;
  const desk = facilitator.page;
  await give(desk, workshop, { type: 'open_poll', form: { question: 'Why?', kind: 'text' } });
  const bob = await room.join('Bob');
  await bob.say('a question');
  const asked = await Asked.join(room, 'Ada');
  const ada = asked.attendee;
  const { page } = ada;
  await ada.hasTools();
  await ada.hears('a question');
  await loseNetwork(ada, room);

  const chat = new Conversation(page);
  const tools = await chat.openTools('a question');
  await tools.getByRole('button', { name: say('talk_reply'), exact: true }).click();
  await ada.say('an answer');
  await asked.openSheet('Why?');
  await asked.sheet.getByRole('textbox').fill('because');
  await asked.send();
  await ada.closeSheet();
  await ada.markDone();

  await give(desk, workshop, { type: 'close_poll', poll: 1 });
  await give(desk, workshop, { type: 'delete_message', message: 1 });
  await page.context().setOffline(false);
  // An answer to what was taken back is heard all the same.
  await expect(bob.chat.getByText('an answer', { exact: true })).toHaveCount(1, BACK);
  await counts(page, 1);
  await badge(page).click();
  await expect(item(page, 'because')).toContainText(say('problem_poll_closed'));
  await expect(
    item(page, 'because').getByRole('button', { name: say('undelivered_send_again') }),
  ).toHaveCount(0);
  await info.attach('refused', { body: await page.screenshot(), contentType: 'image/png' });

  // A poll that begins anew takes the answer after all.
  await give(desk, workshop, { type: 'reset_poll', poll: 1 });
  await item(page, 'because')
    .getByRole('button', { name: say('undelivered_send_again') })
    .click();
  await expect(badge(page)).toHaveText(say('pace_connection_live'));
});

test('a step that is locked meanwhile: what was done there is named', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  const { page } = ada;
  await ada.hasTools();
  await ada.next();
  await ada.isAt(room.step(2));
  await loseNetwork(ada, room);
  await ada.markDone();
  const [codelab] = room.agenda;
  const limit = { type: 'limit_steps', codelab: codelab?.codelab };
  await give(facilitator.page, room.workshop.id, { ...limit, last: codelab?.steps[0]?.step });
  await page.context().setOffline(false);
  await counts(page, 1);
  await badge(page).click();
  const done = say('undelivered_done', { position: 2, title: room.step(2) });
  await expect(item(page, done)).toContainText(say('problem_step_locked'));
  await give(facilitator.page, room.workshop.id, limit);
  await item(page, done)
    .getByRole('button', { name: say('undelivered_send_again') })
    .click();
  await expect(badge(page)).toHaveText(say('pace_connection_live'));
});

test('some minutes of grace: who was offline is heard, and the end can be taken back', async ({
  room,
}, info) => {
  const { facilitator } = room;
  const bob = await room.join('Bob');
  const ada = await room.join('Ada');
  await ada.hasTools();
  await loseNetwork(ada, room);
  await ada.say('late, and heard');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.isOnline('Ada', false);

  const { page } = facilitator;
  await page.getByRole('button', { name: say('end_button') }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(say('end_away_one'));
  expect(await faults(page)).toEqual([]);
  await info.attach('grace', { body: await page.screenshot(), contentType: 'image/png' });
  await question.getByText(say('end_grace_minutes', { minutes: 10 })).click();
  await question.getByRole('button', { name: say('end_plan_button') }).click();
  await expect(question).toBeHidden();
  await expect(page.getByText(saying('end_planned_title'))).toBeVisible();
  await expect(bob.page.getByText(saying('room_ends_title'))).toBeVisible();
  await page.getByRole('button', { name: say('end_planned_undo') }).click();
  await expect(bob.page.getByText(saying('room_ends_title'))).toHaveCount(0);
  await facilitator.page.request.put(
    `${facilitator.url}/api/v1/workshops/${room.workshop.id}/planned-end`,
    { data: { minutes: 2 } },
  );
  await expect(bob.page.getByText(saying('room_ends_title'))).toBeVisible();

  await ada.page.context().setOffline(false);
  await expect(bob.chat.getByText('late, and heard', { exact: true })).toHaveCount(1, BACK);
  await expect(badge(ada.page)).toHaveText(say('pace_connection_all_sent'), BACK);
  await page.getByRole('button', { name: say('end_planned_now') }).click();
  await expect(ada.ended).toBeVisible();
  await expect(badge(ada.page)).toHaveText(say('pace_connection_live'));
});
