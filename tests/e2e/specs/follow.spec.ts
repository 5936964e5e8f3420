import type { Attendee } from '../support/attendee.ts';
import { expect, GIT, PYTHON, test } from '../support/test.ts';
import { Room } from '../support/room.ts';
import { say } from '../support/words.ts';

test('next and previous lead through the steps and keep what is done', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.next();
  await ada.isAt(room.step(2));
  await ada.next();
  await ada.isAt(room.step(3));
  await ada.previous();
  await ada.isAt(room.step(2));
  await expect(ada.steps.nth(0)).toContainText(say('step_done'));
  await expect(ada.steps.nth(1)).toContainText(say('step_done'));
  await expect(ada.steps.nth(2)).not.toContainText(say('step_done'));

  await ada.page.reload();
  await ada.isAt(room.step(2));
  await expect(ada.steps.nth(0)).toContainText(say('step_done'));
});

test('the heading of the new step has the focus and stands at the top', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.page.mouse.wheel(0, 4000);
  await ada.next();
  await ada.isAt(room.step(2));
  await expect(ada.step).toBeFocused();
  await expect(ada.step).toBeInViewport();
  await expect(ada.page).toHaveTitle(new RegExp(room.step(2)));
});

test('arrow keys turn pages, but not while somebody writes', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.page.keyboard.press('ArrowRight');
  await ada.isAt(room.step(2));
  await ada.page.keyboard.press('ArrowLeft');
  await ada.isAt(room.step(1));
  await ada.messageField.fill('hello');
  await ada.messageField.press('ArrowLeft');
  await ada.messageField.press('ArrowRight');
  await ada.isAt(room.step(1));
  await expect(ada.messageField).toHaveValue('hello');
});

test('a deep link opens its step, an unknown one says so', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.page.goto(room.address(5));
  await ada.isAt(room.step(5));
  await ada.page.goto(room.address(5).slice(0, -1));
  await expect(ada.page.getByText(say('step_missing_title'))).toBeVisible();
  await ada.page.getByRole('link', { name: say('step_missing_first') }).click();
  await ada.isAt(room.step(1));
});

test('a link without a seat leads to the door', async ({ room, open, watch }) => {
  watch.expectStatus(401);
  watch.expectStatus(403);
  const page = await open();
  await page.goto(room.address(3));
  await expect(page.getByText(say('join_seat_lost_title'))).toBeVisible();
  await expect(page.getByLabel(say('join_name_label'))).toBeVisible();
});

test('the list of steps shows minutes and leads anywhere', async ({ room }) => {
  const ada = await room.join('Ada');
  const minutes = room.agenda[0]?.steps.map((step) => step.minutes ?? 0) ?? [];
  for (const [index, title] of room.steps().entries()) {
    await expect(ada.steps.nth(index)).toContainText(title);
    const planned = say('step_minutes', { minutes: minutes[index] ?? 0 });
    await expect(ada.steps.nth(index)).toContainText(planned);
  }
  const all = minutes.reduce((sum, one) => sum + one, 0);
  const banner = ada.page.getByRole('banner').first();
  await expect(banner).toContainText(say('step_minutes_left', { minutes: all }));

  await ada.steps.nth(3).getByRole('link').click();
  await ada.isAt(room.step(4));
  await expect(ada.steps.nth(3).getByRole('link')).toHaveAttribute('aria-current', 'step');
  await ada.markDone();
  const left = all - (minutes[3] ?? 0);
  await expect(banner).toContainText(say('step_minutes_left', { minutes: left }));
});

test('copy buttons copy without a secure context, and leave out the prompt', async ({ room }) => {
  const ada = await room.join('Ada');
  await ada.content
    .getByRole('button', { name: say('common_copy') })
    .first()
    .click();
  await ada.messageField.focus();
  await ada.page.keyboard.press('ControlOrMeta+V');
  await expect(ada.messageField).toHaveValue('git --version');
});

test('images open large', async ({ room }) => {
  const ada = await room.join('Ada');
  await goToStepWith('img', ada, room);
  const description = (await ada.content.getByRole('img').first().getAttribute('alt')) ?? '';
  await ada.content
    .getByRole('button', { name: say('step_image_enlarge', { description }) })
    .click();
  const viewer = ada.page.getByRole('dialog', { name: say('step_image') });
  await expect(viewer.getByRole('img', { name: description })).toBeVisible();
  await ada.closeSheet();
});

test('ticks of a list stay', async ({ room }) => {
  const ada = await room.join('Ada');
  await goToStepWith('input[type=checkbox]', ada, room);
  const task = ada.content.getByRole('checkbox').first();
  await expect(task).not.toBeChecked();
  await task.check();
  await ada.page.reload();
  await expect(task).toBeChecked();
});

test('an agenda of two codelabs: joined once, progress apart', async ({
  server,
  facilitator,
  open,
}) => {
  const room = await Room.start(server, facilitator, [GIT, PYTHON], open);
  const ada = await room.join('Ada');
  const bob = await room.join('Bob');
  for (let position = 1; position < room.steps().length; position += 1) {
    await ada.next();
    await ada.isAt(room.step(position + 1));
  }
  const finish = ada.page.getByRole('button', { name: say('step_finish') });
  await finish.filter({ visible: true }).click();
  await expect(ada.page.getByText(say('step_finished_title', { codelab: GIT }))).toBeVisible();
  await ada.page.getByRole('article').getByRole('link', { name: PYTHON }).click();
  await ada.isAt(room.step(1, 1));
  await bob.next();

  await facilitator.openRoom(room.workshop.id);
  const choice = facilitator.board.getByLabel(say('board_codelab'));
  await choice.selectOption({ label: PYTHON });
  await facilitator.sees('Ada', 1);
  await expect(facilitator.cell('Bob', 1)).toContainText(say('board_cell_unopened'));
  await choice.selectOption({ label: GIT });
  await facilitator.sees('Bob', 2);
  await expect(facilitator.cell('Ada', 3)).toContainText(say('board_cell_done'));
});

/** Turns pages until a step has such an element. */
async function goToStepWith(selector: string, person: Attendee, room: Room): Promise<void> {
  for (let position = 1; position <= room.steps().length; position += 1) {
    if (position > 1) await person.next();
    await person.isAt(room.step(position));
    if ((await person.content.locator(selector).count()) > 0) return;
  }
  throw new Error(`no step has ${selector}`);
}
