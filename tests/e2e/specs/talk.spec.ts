import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

test('everybody hears the chat, in order and once', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await facilitator.openRoom(room.workshop.id);

  await ada.say('Does it work on Windows?');
  await bob.hears('Does it work on Windows?');
  await facilitator.say('Yes, in Git Bash');
  await ada.hears('Yes, in Git Bash');
  await bob.hears('Yes, in Git Bash');
  await expect(ada.chat).toContainText(say('chat_facilitator'));
  await expect(facilitator.chat).toContainText('Does it work on Windows?');
});

test('line breaks stay, addresses become links, markup stays text', async ({ room }) => {
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await ada.messageField.fill('<b>see</b> http://192.168.1.20/x\nsecond line');
  await ada.messageField.press('Enter');
  const link = bob.chat.getByRole('link', { name: 'http://192.168.1.20/x' });
  await expect(link).toHaveAttribute('rel', /noopener/);
  await expect(bob.chat).toContainText('<b>see</b>');
  await expect(bob.chat.getByText('second line')).toBeVisible();
});

test('a draft survives a reload', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.messageField.fill('half a thou');
  await ada.page.reload();
  await expect(ada.messageField).toHaveValue('half a thou');
});

test('a chat that is closed counts what was not read', async ({ room }) => {
  const ada = await room.join('Ada');
  const bob = await room.join('Bob', { viewport: { width: 900, height: 800 } });
  const read = bob.page
    .getByRole('button', { name: say('chat_title'), exact: true })
    .filter({ visible: true });
  await read.click();
  await expect(bob.chat).toContainText(say('chat_empty_title'));
  await bob.closeSheet();
  await ada.say('one');
  await ada.say('two');
  const button = bob.page.getByRole('button', { name: say('chat_open_unread', { count: 2 }) });
  await button.filter({ visible: true }).click();
  await bob.hears('two');
  await bob.closeSheet();
  await expect(read).toBeVisible();
});

test('an announcement stands above the step until it is put away', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.announce('Lunch at noon');
  await expect(ada.announcement('Lunch at noon')).toBeVisible();
  await ada.hears('Lunch at noon');
  await ada.page.getByRole('button', { name: say('chat_dismiss') }).click();
  await expect(ada.announcement('Lunch at noon')).toBeHidden();
  await ada.page.reload();
  await ada.hears('Lunch at noon');
  await expect(ada.announcement('Lunch at noon')).toBeHidden();
});

test('help: raised, its place known, claimed, resolved', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await ada.next();
  await ada.isAt(room.step(2));
  await facilitator.openRoom(room.workshop.id);

  await ada.askForHelp('My commit is gone');
  await expect(ada.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
  await bob.askForHelp('');
  await expect(bob.helpSheet).toContainText(say('help_place', { place: '2nd', waiting: 2 }));

  const card = facilitator.request('Ada');
  await expect(card).toContainText('My commit is gone');
  await expect(card).toContainText(say('queue_at_step', { position: 2, title: room.step(2) }));
  await facilitator.claim('Ada');
  const name = say('enter_default_name');
  await expect(ada.helpSheet).toContainText(say('help_claimed_by', { name }));
  await facilitator.resolve('Ada');
  await expect(ada.toast(say('help_resolved'))).toBeVisible();
  await expect(bob.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
  await ada.closeSheet();
  await expect(ada.helpButton).toHaveText(say('help_ask'));
});

test('help is withdrawn with one press, and survives a reload before', async ({ room }) => {
  const { facilitator } = room;
  const ada = await room.join('Ada');
  await facilitator.openRoom(room.workshop.id);
  await ada.askForHelp('Never mind');
  await expect(facilitator.request('Ada')).toBeVisible();
  await ada.page.reload();
  await expect(ada.helpButton).toHaveText(say('help_place_first', { waiting: 1 }));
  await ada.withdrawHelp();
  await expect(facilitator.request('Ada')).toHaveCount(0);
  await expect(facilitator.page.getByText(say('queue_empty_title'))).toBeVisible();
});

test('nobody but facilitators sees who waits', async ({ room }) => {
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  await ada.askForHelp('secret trouble');
  await expect(ada.helpSheet).toContainText(say('help_place_first', { waiting: 1 }));
  // Bob's page has heard of everything up to his own message.
  await bob.say('hello');
  await bob.hears('hello');
  await expect(bob.page.getByText('secret trouble')).toHaveCount(0);
});
