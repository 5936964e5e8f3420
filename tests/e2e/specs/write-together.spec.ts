import { inviteFacilitator } from '../support/invited.ts';
import { expect, GIT, test } from '../support/test.ts';
import { say } from '../support/words.ts';
import type { CodelabPage } from '../support/wire.ts';
import { Writer } from '../support/writer.ts';

test.use({ listenOn: '0.0.0.0' });

test('two facilitators write at once, and nobody overwrites the other', async ({ room, watch }) => {
  watch.expectStatus(409);
  const { items } = await room.facilitator.get<CodelabPage>('/codelabs');
  const git = items.find(({ title }) => title === GIT)?.id ?? '';
  const mina = await inviteFacilitator(room, 'Mina');
  const one = await Writer.open(room.facilitator, git);
  const two = await Writer.open(mina, git);

  // The codelab is being read: the button says whom a save reaches.
  await expect(
    one.page.getByRole('button', { name: say('editor_save_live'), exact: true }),
  ).toBeVisible();

  // Different places: merged without a question.
  await two.behind('# Git from zero');
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
  await one.behind('# Git from zero');
  await one.page.keyboard.type(' mine');
  await two.behind('# Git from zero');
  await two.page.keyboard.type(' hers');
  await one.save();
  await one.isRevision(4);
  await two.save();
  const question = two.page.getByRole('dialog', { name: say('editor_conflict') });
  await expect(question).toContainText('# Git from zero (by Mina) hers');
  await expect(question).toContainText('# Git from zero (by Mina) mine');
  const finish = question.getByRole('button', { name: say('editor_conflict_save') });
  await expect(finish).toBeDisabled();
  expect((await one.kept()).revision).toBe(4);
  await question.getByRole('button', { name: say('editor_conflict_edit') }).click();
  const field = question.getByLabel(say('editor_conflict_edited'));
  await field.fill('# Git from zero, by both');
  await finish.click();
  await expect(question).toBeHidden();
  await two.isRevision(5);
  const { source } = await one.kept();
  expect(source).toContain('# Git from zero, by both');
  expect(source).toContain('A last line of my own.');
});

test('an attendee reads what is saved, without losing the place', async ({ room }) => {
  const { items } = await room.facilitator.get<CodelabPage>('/codelabs');
  const git = items.find(({ title }) => title === GIT)?.id ?? '';
  const ada = await room.join('Ada');
  await ada.page.goto(room.address(2));
  await ada.isAt(room.step(2));
  const writer = await Writer.open(room.facilitator, git);
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
