import type { Locator } from '@playwright/test';

import { Conversation } from '../support/conversation.ts';
import { faults } from '../support/faults.ts';
import { inviteFacilitator } from '../support/invited.ts';
import { expect, test } from '../support/test.ts';
import { say, saying } from '../support/words.ts';

test.describe('with a colleague', () => {
  test.use({ listenOn: '0.0.0.0' });

  test('replies, names and reactions reach everybody', async ({ room }) => {
    const mina = await inviteFacilitator(room, 'Mina');
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    const eve = await room.join('Eve');
    await room.facilitator.openRoom(room.workshop.id);
    await room.facilitator.openTab('board_chat_tab');
    const [adas, bobs, eves] = [ada, bob, eve].map(({ page }) => new Conversation(page));
    const desk = new Conversation(room.facilitator.page);
    if (!adas || !bobs || !eves) throw new Error('three people');

    await adas.write('Where is the terminal?');
    await desk.reply('Where is the terminal?');
    await desk.field.pressSequentially('@ad');
    const names = room.facilitator.page.getByRole('listbox', { name: say('talk_people') });
    await expect(names.getByRole('option')).toHaveCount(1);
    await desk.field.press('Enter');
    await desk.field.pressSequentially('below the window, @Mina shows it');
    await desk.field.press('Enter');

    const answer = adas.message('below the window');
    await expect(answer.getByText('Where is the terminal?')).toBeVisible();
    await expect(answer.locator('mark')).toHaveText('@Ada');
    await expect(bobs.message('below the window').locator('mark')).toHaveCount(0);
    // Mina's chat is closed: the mark says that somebody called.
    const tab = mina.page.getByRole('tab', { name: new RegExp(`^${say('board_chat_tab')}`) });
    await expect(tab).toContainText('@');
    await tab.click();
    const minas = new Conversation(mina.page);
    await expect(minas.message('below the window').locator('mark')).toHaveText('@Mina');

    const thumb = say('talk_reaction_thumbs_up');
    await bobs.act('below the window', thumb);
    await eves.act('below the window', thumb);
    await expect(minas.reaction('below the window', thumb, 2)).toBeVisible();
    await expect(bobs.reaction('below the window', thumb, 2)).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await bobs.reaction('below the window', thumb, 2).press('Enter');
    await expect(adas.reaction('below the window', thumb, 1)).toBeVisible();

    await answer.getByRole('button', { name: saying('talk_jump_to') }).click();
    await expect(adas.log.locator('[data-message]:focus')).toContainText('Where is the terminal?');
  });

  test('pinned, muted and deleted by any facilitator', async ({ room }) => {
    const mina = await inviteFacilitator(room, 'Mina');
    const ada = await room.join('Ada');
    const bob = await room.join('Bob');
    await mina.openTab('board_chat_tab');
    await room.facilitator.openRoom(room.workshop.id);
    await room.facilitator.openTab('board_chat_tab');
    const [adas, bobs] = [new Conversation(ada.page), new Conversation(bob.page)];
    const [minas, desk] = [new Conversation(mina.page), new Conversation(room.facilitator.page)];
    await adas.write('The exercises are in the folder work');
    await adas.write('buy my book');

    await minas.act('The exercises are in the folder', say('talk_pin'));
    const pinned = bob.page.getByRole('region', { name: say('talk_pinned_title') });
    await expect(pinned).toContainText('The exercises are in the folder work');
    await desk.act('The exercises are in the folder', say('talk_unpin'));
    await expect(pinned).toHaveCount(0);

    await desk.remove('buy my book');
    await expect(bobs.log.getByText(say('talk_deleted'))).toBeVisible();
    await expect(bobs.log.getByText('buy my book')).toHaveCount(0);

    await adas.field.fill('half a sentence');
    await minas.act('The exercises are in the folder', say('talk_mute', { name: 'Ada' }));
    await expect(ada.page.getByText(say('talk_muted_title'))).toBeVisible();
    await ada.page.getByRole('button', { name: say('talk_to_facilitators') }).click();
    await expect(adas.directField).toBeVisible();
    await adas.openPart('talk_part_all');
    await desk.act('The exercises are in the folder', say('talk_unmute', { name: 'Ada' }));
    await expect(adas.field).toHaveValue('half a sentence');
    // One's own message goes as well, but not somebody else's.
    await adas.remove('The exercises are in the folder');
    await expect(bobs.log.getByText(say('talk_deleted'))).toHaveCount(2);
  });
});

test('only facilitators are offered to pin, mute or delete what others said', async ({ room }) => {
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await new Conversation(ada.page).write('hello');
  const tools = await new Conversation(bob.page).openTools('hello');
  await expect(tools.getByRole('button', { name: say('talk_reply'), exact: true })).toBeVisible();
  for (const key of ['talk_pin', 'talk_delete'] as const) {
    await expect(tools.getByRole('button', { name: say(key), exact: true })).toHaveCount(0);
  }
  await expect(tools.getByRole('button', { name: saying('talk_mute') })).toHaveCount(0);
  // Escape puts the tools away and gives the focus back.
  await bob.page.keyboard.press('Escape');
  await expect(tools).toHaveCount(0);
});

test('code between fences is coloured and stays text', async ({ room }) => {
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  const adas = new Conversation(ada.page);
  await adas.field.fill('print("<b>hi</b>")');
  await adas.field.selectText();
  await ada.page.getByRole('button', { name: say('talk_add_code') }).click();
  await expect(adas.field).toHaveValue('```\nprint("<b>hi</b>")\n```\n');
  await adas.write('look:\n```python\nreturn "<b>hi</b>"\n```\nwhy?');
  const code = new Conversation(bob.page).message('why?').locator('pre.code');
  await expect(code).toHaveText('return "<b>hi</b>"');
  await expect(code.locator('.hk')).toHaveText('return');
  await expect(code.locator('b')).toHaveCount(0);
});

test('a picture is made smaller, shown in its space, and opens large', async ({ room }) => {
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  const file = ada.page.locator('input[type=file]').filter({ visible: true });
  // Three thousand pixels across, drawn by the page itself.
  const large = await ada.page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 3000;
    canvas.height = 1500;
    canvas.getContext('2d')?.fillRect(0, 0, 1500, 1500);
    return canvas.toDataURL('image/png').split(',')[1] ?? '';
  });
  const buffer = Buffer.from(large, 'base64');
  await file.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await expect(ada.page.getByText(say('talk_picture_ready'))).toBeVisible();
  await ada.page.getByRole('button', { name: say('chat_send') }).click();

  const picture = new Conversation(bob.page).log.getByRole('img', {
    name: say('talk_picture_by', { name: 'Ada' }),
  });
  await expect(picture).toHaveAttribute('width', '240');
  await expect(picture).toHaveAttribute('height', '120');
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(1600);
  await picture.click();
  const viewer = bob.page.getByRole('dialog', { name: say('step_image'), exact: true });
  await expect(viewer.getByRole('img')).toBeVisible();
  await bob.page.keyboard.press('Escape');
  await expect(viewer).toHaveCount(0);

  await file.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: Buffer.from('no') });
  await expect(ada.page.getByText(say('problem_not_a_picture'))).toBeVisible();
  await file.setInputFiles({ name: 'c.png', mimeType: 'image/png', buffer });
  await ada.page.getByRole('button', { name: say('talk_picture_remove') }).click();
  await expect(ada.page.getByText(say('talk_picture_ready'))).toHaveCount(0);
});

/** Gives an element a picture as the system does. */
async function giveScreenshot(element: Locator, way: 'paste' | 'drop'): Promise<void> {
  await element.evaluate(async (target, kind) => {
    const canvas = document.createElement('canvas');
    canvas.width = 32;
    canvas.height = 16;
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve);
    });
    const data = new DataTransfer();
    if (blob) data.items.add(new File([blob], 'screen.png', { type: 'image/png' }));
    const told = { bubbles: true, cancelable: true };
    target.dispatchEvent(
      kind === 'paste'
        ? new ClipboardEvent('paste', { ...told, clipboardData: data })
        : new DragEvent('drop', { ...told, dataTransfer: data }),
    );
  }, way);
}

test('a picture comes from the clipboard, or is dropped', async ({ room, watch }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  const adas = new Conversation(ada.page);
  await giveScreenshot(adas.field, 'paste');
  await expect(ada.page.getByText(say('talk_picture_ready'))).toBeVisible();
  await ada.page.getByRole('button', { name: say('chat_send') }).click();
  await expect(adas.log.getByRole('img')).toHaveAttribute('width', '32');

  // Whoever facilitates imports codelabs by dropping them, but not on the chat.
  await facilitator.openRoom(room.workshop.id);
  await facilitator.openTab('board_chat_tab');
  const { page } = facilitator;
  await giveScreenshot(new Conversation(page).log, 'drop');
  await expect(page.getByText(say('talk_picture_ready'))).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  watch.expectStatus(422);
  await giveScreenshot(page.getByRole('region', { name: say('board_label') }), 'drop');
  await expect(page.getByRole('dialog')).toContainText(say('import_refused_title'));
});

test('an answer leads back to what is not loaded', async ({ room }) => {
  const { facilitator, workshop } = room;
  const ada = await room.join('Ada');
  const adas = new Conversation(ada.page);
  const said = (text: string): Promise<unknown> =>
    facilitator.post(`/workshops/${workshop.id}/messages`, { text });
  await said('where it began');
  await adas.reply('where it began');
  for (let count = 0; count < 205; count += 1) await said(`message ${String(count)}`);
  await adas.write('my answer');
  await ada.hears('my answer');

  const bobs = new Conversation((await room.join('Bob')).page);
  const answer = bobs.message('my answer');
  await expect(answer).toContainText(say('talk_earlier_message'));
  await answer.getByRole('button', { name: saying('talk_jump_to') }).click();
  await expect(bobs.log.locator('[data-message]:focus')).toContainText('where it began');
  // What was read back is kept current too.
  const first = adas.log.locator('[data-message="1"]');
  await first.hover();
  await first.getByRole('button', { name: saying('talk_actions') }).click();
  await first.getByRole('button', { name: say('talk_reaction_heart') }).click();
  const label = say('talk_reaction_count', { name: say('talk_reaction_heart'), count: 1 });
  const theirs = bobs.log.locator('[data-message="1"]');
  await expect(theirs.getByRole('button', { name: label })).toBeVisible();
});

test('slow mode counts down and keeps what is typed', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  const adas = new Conversation(ada.page);
  await facilitator.openRoom(room.workshop.id);
  await facilitator.openTab('board_chat_tab');
  await facilitator.page.getByRole('button', { name: say('talk_tools') }).click();
  const choice = facilitator.page.getByLabel(say('talk_slow_mode'), { exact: true });
  await choice.selectOption('60');
  await expect(ada.page.getByText(say('talk_slow_on', { seconds: 60 }))).toBeVisible();
  await adas.write('one');
  await ada.hears('one');
  await adas.write('two');
  await expect(ada.page.getByRole('timer')).toContainText(/\d+/);
  await expect(adas.field).toHaveValue('two');
  await expect(ada.page.getByText(say('problem_slow_mode'))).toHaveCount(0);
  await choice.selectOption('0');
  await expect(ada.page.getByRole('timer')).toHaveCount(0);
  await adas.field.press('Enter');
  await ada.hears('two');
});

test('a pinned announcement stays in one line', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.page.getByRole('button', { name: say('announce_button') }).click();
  const dialog = facilitator.page.getByRole('dialog', { name: say('announce_title') });
  await dialog
    .getByLabel(say('announce_label'), { exact: true })
    .fill('The password is on the board');
  await dialog.getByText(say('talk_announce_pinned'), { exact: true }).click();
  await dialog.getByRole('button', { name: say('announce_send') }).click();
  await ada.page.getByRole('button', { name: say('chat_dismiss') }).click();
  const strip = ada.page.getByRole('region', { name: say('talk_pinned_announcements') });
  await expect(strip).toContainText('The password is on the board');
  await ada.page.reload();
  await expect(strip).toContainText('The password is on the board');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`everybody can use it, ${colorScheme}`, async ({ room }) => {
    const { facilitator } = room;
    await facilitator.page.emulateMedia({ colorScheme });
    const ada = await room.join('Ada', { colorScheme });
    const [adas, desk] = [new Conversation(ada.page), new Conversation(facilitator.page)];
    await facilitator.openRoom(room.workshop.id);
    await facilitator.openTab('board_chat_tab');
    await adas.write('look\n```python\nreturn 1 # one\n```');
    await desk.act('look', say('talk_reaction_heart'));
    await desk.act('look', say('talk_pin'));
    await desk.reply('look');
    await desk.write('@Ada thank you');
    await expect(adas.message('thank you').locator('mark')).toBeVisible();
    await facilitator.page.getByRole('button', { name: say('talk_tools') }).click();
    await desk.field.fill('@A');
    expect(await faults(facilitator.page)).toEqual([]);
    await desk.openPart('talk_part_direct');
    expect(await faults(facilitator.page)).toEqual([]);

    await adas.openTools('thank you');
    await ada.page
      .getByRole('button', { name: saying('talk_pinned'), expanded: false })
      .first()
      .click();
    await adas.field.fill('@F');
    await expect(ada.page.getByRole('listbox')).toBeVisible();
    expect(await faults(ada.page)).toEqual([]);
    await adas.field.fill('');
    await adas.openPart('talk_part_facilitators');
    await adas.writeDirectly('only you');
    await expect(adas.message('only you')).toBeVisible();
    expect(await faults(ada.page)).toEqual([]);
  });
}
