import type { Facilitator } from '../support/facilitator.ts';
import { inviteFacilitator } from '../support/invited.ts';
import { Room, type OpenPage } from '../support/room.ts';
import type { Codelabs } from '../support/codelabs.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';
import { Writer } from '../support/writer.ts';

test.use({ listenOn: '0.0.0.0' });

const TITLE = 'Tea for two';
const SOURCE = `# ${TITLE}

## Boil water
Duration: 4

Fill the kettle.

## Pour
Duration: 2

Wait for a minute.
`;

/** A workshop that is live with a small codelab, and which codelab that is. */
async function teaParty(
  server: Codelabs,
  facilitator: Facilitator,
  open: OpenPage,
): Promise<{ room: Room; codelab: string }> {
  const { summary } = await facilitator.post<{ summary: { id: string } }>('/codelabs/blank', {
    title: TITLE,
    source: SOURCE,
  });
  return { room: await Room.start(server, facilitator, [TITLE], open), codelab: summary.id };
}

test('two facilitators write at once, and nobody overwrites the other', async ({
  server,
  facilitator,
  open,
  watch,
}) => {
  watch.expectStatus(409);
  const { room, codelab } = await teaParty(server, facilitator, open);
  const mina = await inviteFacilitator(room, 'Mina');
  const one = await Writer.open(facilitator, codelab);
  const two = await Writer.open(mina, codelab);

  // The codelab is being read: the button says whom a save reaches.
  await expect(
    one.page.getByRole('button', { name: say('editor_save_live'), exact: true }),
  ).toBeVisible();

  // Different places: merged without a question.
  await two.behind('# Tea for two');
  await two.page.keyboard.type(' (by Mina)');
  await two.save();
  await two.isRevision(2);
  await one.toEnd();
  await one.page.keyboard.type('\nA last line of my own.');
  await one.save();
  await one.isRevision(3);
  await expect(
    one.page.getByText(say('editor_saved_merged', { name: 'Mina', revision: 3 })),
  ).toBeVisible();
  await expect(one.page.getByRole('heading', { level: 1 })).toContainText('(by Mina)');
  expect((await one.kept()).source).toContain('A last line of my own.');

  // The same line: a question, and nothing is saved before it is answered.
  await one.page.keyboard.press('ControlOrMeta+Home');
  await one.behind('# Tea for two');
  await one.page.keyboard.type(' mine');
  await two.behind('# Tea for two');
  await two.page.keyboard.type(' hers');
  await one.save();
  await one.isRevision(4);
  await two.save();
  const question = two.page.getByRole('dialog', { name: say('editor_conflict') });
  await expect(question).toContainText('# Tea for two (by Mina) hers');
  await expect(question).toContainText('# Tea for two (by Mina) mine');
  const finish = question.getByRole('button', { name: say('editor_conflict_save') });
  await expect(finish).toBeDisabled();
  expect((await one.kept()).revision).toBe(4);
  await question.getByRole('button', { name: say('editor_conflict_edit') }).click();
  const field = question.getByLabel(say('editor_conflict_edited'));
  await field.fill('# Tea for two, by both');
  await finish.click();
  await expect(question).toBeHidden();
  await two.isRevision(5);
  const { source } = await one.kept();
  expect(source).toContain('# Tea for two, by both');
  expect(source).toContain('A last line of my own.');
});

test('an attendee reads what is saved, without losing the place', async ({
  server,
  facilitator,
  open,
}) => {
  const { room, codelab } = await teaParty(server, facilitator, open);
  const ada = await room.join('Ada');
  await ada.page.goto(room.address(2));
  await ada.isAt(room.step(2));
  const writer = await Writer.open(facilitator, codelab);
  await writer.steps.nth(1).click();
  await writer.page.keyboard.press('End');
  // The heading, the line that says how long it takes, and then the words.
  await writer.page.keyboard.press('ArrowDown');
  await writer.page.keyboard.press('End');
  await writer.page.keyboard.type('\n\nJust added while you read.');
  await writer.isKept();
  await expect(ada.content).not.toContainText('Just added while you read.');

  // A step in front of hers moves nobody.
  await writer.choose(room.step(2), 'editor_move_up');
  await writer.save();
  await writer.isRevision(2);
  await expect(ada.content).toContainText('Just added while you read.');
  await ada.isAt(room.step(2));
});
