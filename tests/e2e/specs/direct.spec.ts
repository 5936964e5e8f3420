import type { Locator } from '@playwright/test';

import { Conversation } from '../support/conversation.ts';
import { inviteFacilitator } from '../support/invited.ts';
import { expect, test } from '../support/test.ts';
import { RECONNECTED_MS } from '../support/attendee.ts';
import { say } from '../support/words.ts';

test.describe('with a colleague', () => {
  test.use({ listenOn: '0.0.0.0' });

  test('an attendee and all facilitators write, nobody else sees it', async ({ room }) => {
    const mina = await inviteFacilitator(room, 'Mina');
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    const eve = await room.join('Eve');
    const [adas, bobs] = [new Conversation(ada.page), new Conversation(bob.page)];
    const [desk, minas] = [new Conversation(room.facilitator.page), new Conversation(mina.page)];
    await room.facilitator.openRoom(room.workshop.id);
    for (const facilitator of [room.facilitator, mina]) {
      await facilitator.openTab('board_chat_tab');
    }

    await adas.openPart('talk_part_facilitators');
    await expect(ada.page.getByText(say('talk_audience_direct'))).toBeVisible();
    await adas.writeDirectly('I have to leave at four');
    await expect(adas.message('I have to leave at four')).toBeVisible();

    for (const talk of [desk, minas]) {
      await expect(talk.part('talk_part_direct')).toContainText('1');
      await talk.openPart('talk_part_direct');
      const row = talk.page.getByRole('button', { name: /I have to leave at four/ });
      await row.click();
      await expect(talk.page.getByText(say('talk_audience_thread', { name: 'Ada' }))).toBeVisible();
      await expect(talk.message('I have to leave at four')).toBeVisible();
      await expect(talk.part('talk_part_direct')).not.toContainText('1');
    }
    await minas.writeDirectly('No problem at all');
    await expect(adas.message('No problem at all')).toBeVisible();
    await expect(desk.message('No problem at all')).toBeVisible();

    // Their pages have heard of everything up to a later message.
    await adas.openPart('talk_part_all');
    await adas.write('hello everybody');
    for (const other of [bob, eve]) {
      await other.hears('hello everybody');
      await expect(other.page.getByText('I have to leave at four')).toHaveCount(0);
      await expect(other.page.getByText('No problem at all')).toHaveCount(0);
    }
    await bobs.openPart('talk_part_facilitators');
    await expect(bob.page.getByText(say('talk_direct_empty_title'))).toBeVisible();
  });
});

test('a facilitator finds somebody and writes first', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada', { viewport: { width: 900, height: 800 } });
  await room.join('Bob');
  const desk = new Conversation(facilitator.page);
  await facilitator.openRoom(room.workshop.id);
  await facilitator.openTab('board_chat_tab');
  await desk.openPart('talk_part_direct');
  await expect(facilitator.page.getByText(say('talk_threads_empty_title'))).toBeVisible();
  await facilitator.page.getByLabel(say('talk_find_person')).fill('ad');
  await facilitator.page.getByRole('button', { name: /^Ada/ }).last().click();
  await desk.writeDirectly('Is everything all right?');

  const name = say('enter_default_name');
  await expect(ada.toast(say('talk_wrote_to_you', { name }))).toBeVisible();
  const marked = say('talk_open_direct', { count: 1 });
  await expect(
    ada.page.getByRole('button', { name: marked }).filter({ visible: true }),
  ).toBeVisible();
  await ada.page.getByRole('button', { name: say('talk_read'), exact: true }).click();
  const adas = new Conversation(ada.page);
  await expect(adas.message('Is everything all right?')).toBeVisible();
  await ada.closeSheet();
  const read = ada.page.getByRole('button', { name: say('chat_title'), exact: true });
  await expect(read.filter({ visible: true })).toBeVisible();
});

test('what is written without a network waits in place, and is sent once', async ({
  room,
  watch,
}) => {
  watch.expectOutage();
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  const adas = new Conversation(ada.page);
  await room.server.kill();
  await adas.write('typed in the tunnel');
  const waiting = adas.log.getByRole('listitem').filter({ hasText: 'typed in the tunnel' });
  await expect(waiting).toContainText(say('chat_waiting_for_connection'), {
    timeout: RECONNECTED_MS,
  });
  await room.server.restart();
  await expect(waiting).not.toContainText(say('chat_waiting_for_connection'), {
    timeout: RECONNECTED_MS,
  });
  await expect(waiting).toHaveCount(1);
  await expect(bob.chat.getByText('typed in the tunnel', { exact: true })).toHaveCount(1, {
    timeout: RECONNECTED_MS,
  });
  await expect(adas.message('typed in the tunnel')).toHaveCount(1);
});

test('what is told before it is answered stands there once', async ({ room }) => {
  const ada = await room.join('Ada');
  const held: (() => void)[] = [];
  let holds = true;
  await ada.page.routeWebSocket(/\/live$/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage((frame) => {
      const pass = (): void => {
        socket.send(frame);
      };
      const isAnswer = String(frame).startsWith('{"type":"ack"');
      if (isAnswer && holds) held.push(pass);
      else pass();
    });
  });
  await ada.page.reload();
  await ada.hasTools();
  const adas = new Conversation(ada.page);
  const said = (words: string): Locator => adas.log.getByText(words, { exact: true });
  const written = ['twice', 'twice', 'once'];
  for (const [index, words] of written.entries()) {
    await adas.write(words);
    await expect(adas.log.locator('[data-message]')).toHaveCount(index + 1);
    await expect.poll(() => held.length).toBeGreaterThan(index);
    await expect(adas.log.getByText(say('chat_sending'))).toHaveCount(0);
    const sofar = written.slice(0, index + 1).filter((other) => other === words);
    await expect(said(words)).toHaveCount(sofar.length);
  }
  holds = false;
  for (const pass of held) pass();
  await adas.write('and on');
  await expect(said('and on')).toHaveCount(1);
  await expect(adas.log.locator('[data-message]')).toHaveCount(4);
});

test('what was refused after a reload is kept, and sent again', async ({ room, watch }) => {
  watch.expectOutage();
  const { facilitator } = room;
  const ada = await room.join('Ada');
  const adas = new Conversation(ada.page);
  const { page } = ada;
  await adas.write('hello');
  await ada.hears('hello');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.openTab('board_chat_tab');
  await page.context().setOffline(true);
  await adas.write('too late');
  await expect(adas.log.getByText('too late')).toBeVisible();
  // Her page is closed while the message still waits, and she is muted meanwhile.
  await page.goto('about:blank');
  await page.context().setOffline(false);
  await new Conversation(facilitator.page).act('hello', say('talk_mute', { name: 'Ada' }));
  await expect(facilitator.page.getByText(say('talk_muted_toast', { name: 'Ada' }))).toBeVisible();
  await page.goto(room.address(1));
  await expect(page.getByText(say('talk_muted_title'), { exact: true })).toBeVisible();
  const badge = page.getByTitle(say('pace_connection_details'));
  await expect(badge).toContainText(say('undelivered_count', { count: 1 }));
  await new Conversation(facilitator.page).act('hello', say('talk_unmute', { name: 'Ada' }));
  await expect(page.getByText(say('talk_muted_title'), { exact: true })).toHaveCount(0);
  await badge.click();
  const list = page
    .getByRole('region', { name: say('undelivered_title') })
    .filter({ visible: true });
  await expect(list).toContainText('too late');
  await list.getByRole('button', { name: say('undelivered_send_again') }).click();
  await expect(new Conversation(facilitator.page).message('too late')).toHaveCount(1);
});

test('facilitators keep the conversation', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await new Conversation(ada.page).write('=1+1');
  await ada.hears('=1+1');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.openTab('board_chat_tab');
  await facilitator.page.getByRole('button', { name: say('talk_tools') }).click();
  const started = facilitator.page.waitForEvent('download');
  await facilitator.page.getByRole('link', { name: 'CSV' }).click();
  const download = await started;
  expect(download.suggestedFilename()).toBe(`${room.workshop.title}.csv`);
  const stream = await download.createReadStream();
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toContain(`,chat,Ada,attendee,,,"'=1+1",`);
});
