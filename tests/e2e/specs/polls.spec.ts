import { RECONNECTED_MS } from '../support/attendee.ts';
import { faults } from '../support/faults.ts';
import { inviteFacilitator } from '../support/invited.ts';
import { Asked, PollDesk, type Kind } from '../support/polls.ts';
import { Room } from '../support/room.ts';
import { expect, test, TOUR } from '../support/test.ts';
import { say } from '../support/words.ts';

test.use({ listenOn: '0.0.0.0' });

const BACK = { timeout: RECONNECTED_MS };
const PHONE = { viewport: { width: 360, height: 740 } };

interface Case {
  kind: Kind;
  question: string;
  /** Has the composer say what there is to choose. */
  write: (desk: PollDesk) => Promise<void>;
  /** What each of three people answers. */
  answer: ((asked: Asked) => Promise<void>)[];
  /** What a screen reader finds in the result. */
  result: string[];
}

const pick =
  (...names: string[]) =>
  async ({ sheet }: Asked): Promise<void> => {
    for (const name of names) await sheet.getByText(name, { exact: true }).click();
  };
const number =
  (value: number) =>
  async ({ sheet }: Asked): Promise<void> => {
    await sheet
      .getByRole('radio')
      .nth(value - 1)
      .check();
  };
const write =
  (text: string) =>
  async ({ sheet }: Asked): Promise<void> => {
    await sheet.getByLabel(say('polls_text_label')).fill(text);
  };
const words =
  (...given: string[]) =>
  async ({ sheet }: Asked): Promise<void> => {
    for (const [index, word] of given.entries()) {
      await sheet.getByLabel(say('polls_word_label', { number: index + 1 })).fill(word);
    }
  };

const CASES: Case[] = [
  {
    kind: 'single',
    question: 'Which part was the hardest?',
    write: (desk) => desk.writeOptions(['Installing', 'The first commit', 'The conflict']),
    answer: [pick('The conflict'), pick('The conflict'), pick('Installing')],
    result: [
      'Installing 33 % 1 person',
      'The first commit 0 % 0 people',
      'The conflict 67 % 2 people',
    ],
  },
  {
    kind: 'multiple',
    question: 'What do you use?',
    write: (desk) => desk.writeOptions(['Linux', 'Windows']),
    answer: [pick('Linux', 'Windows'), pick('Windows'), pick('Windows')],
    result: ['Linux 33 % 1 person', 'Windows 100 % 3 people'],
  },
  {
    kind: 'scale',
    question: 'How sure do you feel?',
    write: async (desk) => {
      await desk.composer.getByLabel(say('polls_scale_low')).fill('lost');
      await desk.composer.getByLabel(say('polls_scale_high', { max: 5 })).fill('very sure');
    },
    answer: [number(4), number(4), number(1)],
    result: ['1 1 33 %', '2 0 0 %', '3 0 0 %', '4 2 67 %', '5 0 0 %'],
  },
  {
    kind: 'text',
    question: 'What would have helped?',
    write: () => Promise.resolve(),
    answer: [write('A picture'), write('More time'), write('Coffee')],
    result: ['A picture', 'Coffee', 'More time'],
  },
  {
    kind: 'words',
    question: 'What do you take home?',
    write: () => Promise.resolve(),
    answer: [words('commit', 'merge'), words('Commit'), words('branch')],
    result: ['branch, once', 'commit, 2 times', 'merge, once'],
  },
];

for (const { kind, question, write: options, answer, result } of CASES) {
  test(`${kind}: asked by one facilitator, shown by another, hidden until then`, async ({
    room,
  }) => {
    const first = new PollDesk(room.facilitator);
    await first.open(room.workshop.id);
    const second = new PollDesk(await inviteFacilitator(room, 'Mina'));
    await second.open(room.workshop.id);
    const people = [
      await Asked.join(room, 'Ada', PHONE),
      await Asked.join(room, 'Bob'),
      await Asked.join(room, 'Cleo'),
    ];

    await first.compose(question, kind);
    await options(first);
    await first.ask();

    for (const [index, asked] of people.entries()) {
      await asked.openSheet(question);
      await expect(asked.sheet).toContainText(say('polls_who_sees'));
      if (index === 0) expect(await faults(asked.page)).toEqual([]);
      await answer[index]?.(asked);
      await asked.send();
      await asked.isSent();
    }

    const card = second.card(question);
    await expect(card).toContainText(say('polls_answered', { people: 3, of: 3 }));
    // The screen may be on the projector.
    await expect(card.getByRole('row').or(card.getByRole('listitem'))).toHaveCount(0);
    await second.press(question, 'polls_peek');
    const rows = kind === 'text' || kind === 'words' ? 'listitem' : 'row';
    await expect(card.getByRole(rows).last()).toBeAttached();
    expect(await faults(second.page)).toEqual([]);
    for (const asked of people) {
      expect(asked.toldResults).toEqual([]);
      await expect(asked.result).toHaveCount(0);
      await expect(asked.page.getByText(say('polls_result'), { exact: true })).toHaveCount(0);
    }

    await second.press(question, 'polls_reveal');
    for (const asked of people) {
      const found = asked.result.getByRole(rows);
      const read = async (): Promise<string[]> =>
        (await found.allInnerTexts()).map((text) =>
          text
            .replace(say('polls_your_answer'), '')
            .replaceAll(/\s+/g, ' ')
            .replaceAll(' ,', ',')
            .trim(),
        );
      // A table has a row of headings.
      await expect.poll(async () => (await read()).slice(rows === 'row' ? 1 : 0)).toEqual(result);
    }
    expect(await faults(people[0]?.page ?? second.page)).toEqual([]);

    await first.press(question, 'polls_hide');
    for (const asked of people) await expect(asked.result).toHaveCount(0);
  });
}

test('an answer can be changed until the poll closes', async ({ room }) => {
  const desk = new PollDesk(room.facilitator);
  await desk.open(room.workshop.id);
  const ada = await Asked.join(room, 'Ada', PHONE);
  await desk.compose('Yes or no?', 'single');
  await desk.writeOptions(['Yes', 'No']);
  await desk.ask();
  await ada.openSheet('Yes or no?');
  await pick('Yes')(ada);
  await ada.send();
  await ada.isSent();
  await pick('No')(ada);
  await expect(ada.sheet).toContainText(say('polls_changed'));
  await ada.send();
  await ada.isSent();
  await desk.press('Yes or no?', 'polls_peek');
  const row = desk.card('Yes or no?').getByRole('row', { name: /^No/ });
  await expect(row).toContainText('100 %');

  await desk.press('Yes or no?', 'polls_close');
  await expect(ada.sheet).toContainText(say('polls_closed_counted'));
  await expect(ada.sheet).toContainText(say('polls_result_waits'));
  await ada.attendee.closeSheet();
  await expect(ada.bar).toHaveCount(0);
});

test('what was asked again has no answers, and nobody sees the old ones', async ({ room }) => {
  const question = 'Yes or no?';
  const desk = new PollDesk(room.facilitator);
  await desk.open(room.workshop.id);
  const ada = await Asked.join(room, 'Ada');
  await desk.compose(question, 'single');
  await desk.writeOptions(['Yes', 'No']);
  await desk.ask();
  await ada.openSheet(question);
  await pick('Yes')(ada);
  await ada.send();
  await desk.press(question, 'polls_reveal');
  await expect(ada.result.getByRole('row', { name: /^Yes/ })).toContainText('100 %');

  await desk.choose(question, 'polls_reset');
  const confirm = desk.page.getByRole('alertdialog', {
    name: say('polls_reset_title'),
  });
  await confirm.getByRole('button', { name: say('polls_reset') }).click();
  await expect(confirm).toBeHidden();
  await expect(ada.result).toHaveCount(0);
  await expect(ada.sheet.getByRole('radio', { name: 'Yes' })).not.toBeChecked();
  await expect(desk.card(question)).toContainText(say('polls_answered', { people: 0, of: 1 }));
  await desk.press(question, 'polls_reveal');
  await expect(ada.result).toContainText(say('polls_nobody_yet'));

  // The same question beside the old one, which closes.
  await desk.choose(question, 'polls_ask_as_new');
  await expect(desk.card(question)).toHaveCount(2);
  await ada.attendee.closeSheet();
  await expect(ada.bar).toContainText(say('polls_answer'));
  const menu = await ada.attendee.openMenu();
  await menu.getByText(question).click();
  await expect(menu).toContainText(say('polls_nobody_yet'));
});

test('a poll is answered without a connection, and counted once it is back', async ({
  room,
  watch,
}) => {
  watch.expectOutage();
  const desk = new PollDesk(room.facilitator);
  await desk.open(room.workshop.id);
  const ada = await Asked.join(room, 'Ada');
  await desk.compose('What is it?', 'text');
  await desk.ask();
  await ada.openSheet('What is it?');
  await room.server.kill();
  await expect(ada.attendee.connection.first()).toContainText(
    new RegExp(`${say('common_connection_reconnecting')}|${say('common_connection_offline')}`),
  );
  await write('In the dark')(ada);
  await ada.send();
  await expect(ada.sheet).toContainText(say('polls_not_yet_sent'));
  await room.server.restart();
  await expect(ada.sheet.getByText(say('polls_sent'))).toBeVisible(BACK);
  await expect(desk.card('What is it?')).toContainText(
    say('polls_answered', { people: 1, of: 1 }),
    BACK,
  );
});

test('a poll is written by keyboard alone, and stays as a draft', async ({ room }) => {
  const desk = new PollDesk(room.facilitator);
  await desk.open(room.workshop.id);
  await desk.compose('In which order?', 'multiple');
  await desk.writeOptions(['one', 'two', 'three']);
  await desk.option(3).press('Alt+ArrowUp');
  await expect(desk.option(2)).toHaveValue('three');
  await expect(desk.option(2)).toBeFocused();
  await desk.option(2).press('Alt+ArrowUp');
  await desk.option(1).press('Enter');
  await expect(desk.option(2)).toBeFocused();
  await desk.page.keyboard.press('Escape');
  await desk.page.reload();
  await desk.open(room.workshop.id);
  await desk.panel.getByRole('button', { name: say('polls_new') }).click();
  await expect(desk.option(1)).toHaveValue('three');
  await desk.option(3).fill('');
  await desk.option(3).press('Backspace');
  await expect(desk.option(3)).toHaveCount(0);
  await desk.option(2).fill('three');
  await expect(desk.composer).toContainText(say('polls_options_twins'));
  const ask = desk.composer.getByRole('button', {
    name: say('polls_ask'),
    exact: true,
  });
  await expect(ask).toBeDisabled();
  await desk.option(2).fill('one');
  await desk.ask();
  await expect(desk.card('In which order?')).toBeVisible();
});

test('a poll of the codelab is asked with one press', async ({ facilitator, server, open }) => {
  const room = await Room.start(server, facilitator, [TOUR], open);
  const question = 'How sure do you feel about running your first workshop?';
  const desk = new PollDesk(facilitator);
  const ada = await Asked.join(room, 'Ada');
  await ada.page.goto(room.address(7));
  const card = ada.attendee.content.locator('.poll');
  await expect(card).toHaveText(question);
  await expect(ada.bar).toHaveCount(0);

  await desk.open(room.workshop.id);
  await desk.panel.getByRole('button', { name: say('polls_ask_this', { question }) }).click();
  await ada.openSheet(question);
  await expect(ada.sheet.getByRole('radio')).toHaveCount(5);
  await expect(desk.panel.getByText(say('polls_was_asked'), { exact: true })).toBeVisible();
});

test('the wall shows the question, then the result, then what is asked next', async ({ room }) => {
  const desk = new PollDesk(room.facilitator);
  await desk.open(room.workshop.id);
  const second = new PollDesk(await inviteFacilitator(room, 'Mina'));
  await second.open(room.workshop.id);
  const ada = await Asked.join(room, 'Ada');
  const { page } = desk;
  await desk.compose('Yes or no?', 'single');
  await desk.writeOptions(['Yes', 'No']);
  await desk.ask();
  await desk
    .card('Yes or no?')
    .getByRole('link', { name: say('polls_projector') })
    .click();
  const question = page.getByRole('heading', { level: 1 });
  await expect(question).toHaveText('Yes or no?');
  const { addresses } = await room.facilitator.lobby(room.workshop.id);
  const hint = addresses[0]?.url.replace('http://', '').replace(/\/$/, '');
  if (hint) await expect(page.getByText(hint)).toBeVisible();
  await expect(page.getByText(say('polls_answered', { people: 0, of: 1 }))).toBeVisible();

  await ada.openSheet('Yes or no?');
  await pick('Yes')(ada);
  await ada.send();
  await expect(page.getByText(say('polls_answered', { people: 1, of: 1 }))).toBeVisible();
  await expect(page.getByRole('row')).toHaveCount(0);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faults(page)).toEqual([]);
  }
  await page.keyboard.press('Space');
  await expect(page.getByRole('row', { name: /^Yes/ })).toContainText('100 %');
  await expect(ada.result.getByRole('row', { name: /^Yes/ })).toContainText('100 %');
  expect(await faults(page)).toEqual([]);
  await page.keyboard.press('Space');
  await expect(page.getByRole('row')).toHaveCount(0);
  await expect(ada.result).toHaveCount(0);

  await second.compose('And now?', 'words');
  await second.ask();
  await expect(question).toHaveText('And now?');
  await page.keyboard.press('Escape');
  await expect(room.facilitator.board).toBeVisible();
});
