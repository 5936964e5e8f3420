import { readFile } from 'node:fs/promises';

import type { Page } from '@playwright/test';

import { RECONNECTED_MS } from '../support/attendee.ts';
import { faults } from '../support/faults.ts';
import { Room, type OpenPage } from '../support/room.ts';
import type { Facilitator } from '../support/facilitator.ts';
import type { Codelabs } from '../support/codelabs.ts';
import { expect, test } from '../support/test.ts';
import type { CodelabDetail, SavedRevision } from '../support/wire.ts';
import { say } from '../support/words.ts';

const ONE =
  '```quiz\nWhat makes tea?\n- [ ] Sand\n- [x] Leaves, `Camellia`\n> Leaves of the\n> tea plant: `brew < boil`.\n```\n';
const SEVERAL =
  '```quiz\nWhat does water need to boil?\n- [x] A kettle\n- [x] Heat\n- [ ] Ice\n```\n';
const TEXT = `---\nrequired: quiz\n---\n\n# Tea\n\n## Water\n\nBoil it.\n\n${ONE}\n## Cup\n\nPour it.\n\n${SEVERAL}`;
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' } as const;

const quiz = (page: Page, question: string) => page.getByRole('group', { name: question });
const check = (page: Page) => page.getByRole('button', { name: say('quiz_check'), exact: true });

async function teaRoom(
  server: Codelabs,
  facilitator: Facilitator,
  open: OpenPage,
): Promise<{ room: Room; codelab: string }> {
  const { summary } = await facilitator.post<CodelabDetail>('/codelabs/blank', {
    title: 'Tea',
    source: TEXT,
  });
  const room = await Room.start(server, facilitator, ['Tea'], open);
  return { room, codelab: summary.id };
}

test('a quiz is tried until it is right, and the answer outlives the page', async ({
  server,
  facilitator,
  open,
}, info) => {
  const { room } = await teaRoom(server, facilitator, open);
  const ada = await room.join('Ada', PHONE);
  const { page } = ada;
  const tea = quiz(page, 'What makes tea?');
  await expect(check(page)).toBeDisabled();
  await tea.getByText('Sand').click();
  await check(page).click();
  await expect(page.getByText(say('quiz_wrong'))).toBeVisible();
  expect(await faults(page)).toEqual([]);
  await info.attach('wrong', { body: await page.screenshot(), contentType: 'image/png' });

  await page.reload();
  await expect(page.getByText(say('quiz_wrong'))).toBeVisible();
  await expect(tea.getByRole('radio', { name: 'Sand' })).toBeChecked();
  // Between backticks is code.
  await expect(tea.locator('code')).toHaveText('Camellia');
  await tea.getByText('Leaves').click();
  await check(page).click();
  await expect(page.getByText(say('quiz_right_after', { tries: 2 }))).toBeVisible();
  await expect(page.getByText('tea plant')).toBeVisible();
  await expect(page.locator('.explanation code')).toHaveText('brew < boil');
  await expect(check(page)).toHaveCount(0);
  await expect(tea.getByRole('radio', { name: 'Sand' })).toBeDisabled();
  expect(await faults(page)).toEqual([]);
  await info.attach('right', { body: await page.screenshot(), contentType: 'image/png' });

  // Of several, all that are right and no other.
  await ada.next();
  await ada.isAt('Cup');
  const boil = quiz(page, 'What does water need to boil?');
  await boil.getByText('A kettle').click();
  await check(page).click();
  await expect(page.getByText(say('quiz_wrong_several'))).toBeVisible();
  await info.attach('several', { body: await page.screenshot(), contentType: 'image/png' });
  await page.getByRole('button', { name: say('step_list'), exact: true }).click();
  await expect(
    page.getByRole('dialog').getByText(say('quiz_progress', { answered: 2, total: 2, right: 1 })),
  ).toBeVisible();
  await page.keyboard.press('Escape');
  await boil.getByText('Heat').click();
  await check(page).click();
  await expect(page.getByText(say('quiz_right_after', { tries: 2 }))).toBeVisible();
});

test('what was answered without a network is checked when it is back', async ({
  server,
  facilitator,
  open,
  watch,
}) => {
  watch.expectOutage();
  const { room } = await teaRoom(server, facilitator, open);
  const { page } = await room.join('Ada');
  await expect(check(page)).toBeVisible();
  await server.kill();
  await quiz(page, 'What makes tea?').getByText('Leaves').click();
  await check(page).click();
  await expect(page.getByText(say('quiz_not_yet_sent'))).toBeVisible({ timeout: RECONNECTED_MS });
  await server.restart();
  await expect(page.getByText(say('quiz_right'), { exact: true })).toBeVisible({
    timeout: RECONNECTED_MS,
  });
});

test('who finishes is led to the quizzes that are left', async ({ server, facilitator, open }) => {
  const { room } = await teaRoom(server, facilitator, open);
  const ada = await room.join('Ada');
  await ada.next();
  await ada.isAt('Cup');
  await ada.page
    .getByRole('button', { name: say('step_finish'), exact: true })
    .first()
    .click();
  const end = ada.page.getByRole('region', { name: say('step_end_title') });
  await expect(end.getByText(say('quiz_open'))).toBeVisible();
  await end.getByRole('link', { name: 'Water' }).click();
  await ada.isAt('Water');
  await expect(check(ada.page)).toBeVisible();
});

test('facilitators see what is right and what the room answers, live and in the report', async ({
  server,
  facilitator,
  open,
}, info) => {
  const { room, codelab } = await teaRoom(server, facilitator, open);
  const { page } = facilitator;
  await page.goto(room.address(1).replace(server.url, facilitator.url));
  const shown = page.getByRole('list', { name: 'What makes tea?' });
  const line = (option: string) => shown.getByRole('listitem').filter({ hasText: option });
  // What is right may be on the projector, so it is told on request.
  const show = page.getByRole('button', { name: say('quiz_show_answers'), exact: true });
  await expect(page.getByText(say('quiz_answered', { answered: 0 }))).toBeVisible();
  await expect(page.getByText('tea plant')).toHaveCount(0);
  await show.click();
  await expect(line('Leaves')).toContainText(say('quiz_option_right'));
  await expect(
    page.getByText(say('quiz_figures', { answered: 0, atOnce: 0, right: 0 })),
  ).toBeVisible();
  await expect(check(page)).toHaveCount(0);

  for (const [name, option] of [
    ['Ada', 'Leaves'],
    ['Bob', 'Sand'],
  ] as const) {
    const person = await room.join(name);
    await quiz(person.page, 'What makes tea?').getByText(option).click();
    await check(person.page).click();
    await expect(
      person.page.getByText(option === 'Sand' ? say('quiz_wrong') : say('quiz_right'), {
        exact: true,
      }),
    ).toBeVisible();
  }
  await expect(
    page.getByText(say('quiz_figures', { answered: 2, atOnce: 1, right: 1 })),
  ).toBeVisible();
  await expect(line('Sand')).toContainText('1');
  expect(await faults(page)).toEqual([]);
  await info.attach('live', { body: await page.screenshot(), contentType: 'image/png' });

  await page.goto(`${facilitator.url}/workshops/${room.workshop.id}/report`);
  const quizzes = page.getByRole('region', { name: say('report_quizzes_title') });
  await expect(quizzes.getByRole('heading', { level: 3 })).toHaveText([
    'What makes tea?',
    'What does water need to boil?',
  ]);
  await expect(quizzes).toContainText(say('report_quiz_nobody'));
  expect(await faults(page)).toEqual([]);
  await info.attach('report', {
    body: await page.screenshot({ fullPage: true }),
    contentType: 'image/png',
  });
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: say('report_download') }).click();
  await page.getByRole('menuitem', { name: say('report_download_quizzes') }).click();
  const file = await saved;
  expect(await readFile(await file.path(), 'utf8')).toContain('What makes tea?');

  // In the library, too.
  await page.goto(`${facilitator.url}/library/${codelab}`);
  await expect(line('Leaves')).toContainText(say('quiz_option_right'));
  await info.attach('library', { body: await page.screenshot(), contentType: 'image/png' });
});

test('what the author puts right counts at the next press', async ({
  server,
  facilitator,
  open,
}) => {
  const { room, codelab } = await teaRoom(server, facilitator, open);
  const { page } = await room.join('Ada');
  await quiz(page, 'What makes tea?').getByText('Sand').click();
  await check(page).click();
  await expect(page.getByText(say('quiz_wrong'))).toBeVisible();
  await facilitator.post<SavedRevision>(`/codelabs/${codelab}/revisions`, {
    base: 1,
    source: TEXT.replace('[ ] Sand', '[x] Sand').replace('[x] Leaves', '[ ] Leaves'),
  });
  await check(page).click();
  await expect(page.getByText(say('quiz_right_after', { tries: 2 }))).toBeVisible();
});
