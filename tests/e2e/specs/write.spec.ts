import { Facilitator } from '../support/facilitator.ts';
import { faults } from '../support/faults.ts';
import { expect, test, TOUR } from '../support/test.ts';
import { say } from '../support/words.ts';
import type { CodelabPage } from '../support/wire.ts';
import { Writer } from '../support/writer.ts';

test('a codelab is written from nothing', async ({ facilitator }) => {
  const { page } = facilitator;
  const writer = await Writer.begin(facilitator, 'Solder a lamp');
  await writer.hasSteps([say('editor_new_first_step')]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Solder a lamp');

  // A picture from the clipboard; its description is the next thing to type.
  await writer.toEnd();
  await page.keyboard.press('Enter');
  await writer.pastePicture('board.png');
  await expect(writer.text).toContainText(`![${say('editor_alt_placeholder')}](img/board.png)`);
  await expect(page.getByRole('button', { name: say('editor_problems_one') })).toBeVisible();
  await page.keyboard.type('The board');
  await expect(writer.text).toContainText('![The board](img/board.png)');
  const picture = writer.preview.getByRole('img', { name: 'The board' });
  await expect(picture).toHaveJSProperty('naturalWidth', 300);
  await expect(page.getByText(say('editor_problems_none'))).toBeVisible();

  // A second step with all that the menu offers; the preview follows.
  await page.getByRole('button', { name: say('editor_add_step') }).click();
  await page.keyboard.type('Heat the iron');
  await writer.toEnd();
  await writer.insert('editor_insert_quiz');
  await page.keyboard.type('How hot is it?');
  await writer.toEnd();
  await writer.insert('editor_insert_maths');
  await writer.toEnd();
  await writer.insert('editor_insert_diagram');
  await writer.hasSteps([say('editor_new_first_step'), 'Heat the iron']);
  await expect(writer.preview).toContainText('How hot is it?');
  await expect(writer.preview.getByRole('heading', { name: '2. Heat the iron' })).toBeInViewport();
  await page.getByLabel(say('editor_minutes_of', { title: 'Heat the iron' })).fill('12');
  await page.getByLabel(say('editor_minutes_of', { title: 'Heat the iron' })).press('Enter');
  await expect(writer.text).toContainText('Duration: 12');

  // What it says about itself.
  await page.getByRole('button', { name: say('editor_about_short'), exact: true }).click();
  const about = page.getByRole('dialog', { name: say('editor_about') });
  await about.getByLabel(say('editor_about_summary')).fill('Light from a coin cell');
  await about.getByLabel(say('editor_about_tags')).fill('soldering, light');
  expect(await faults(page)).toEqual([]);
  await about.getByRole('button', { name: say('editor_about_take') }).click();
  await expect(writer.text).toContainText('summary: Light from a coin cell');

  await writer.isKept();
  expect((await writer.kept()).draft?.source).toContain('soldering, light');
  await writer.save();
  await writer.isRevision(2);
  const kept = await writer.kept();
  expect(kept.draft).toBeUndefined();
  expect(kept.source).toBe(
    [
      '---',
      'language: en',
      'summary: Light from a coin cell',
      'tags: soldering, light',
      '---',
      '',
      '# Solder a lamp',
      '',
      `## ${say('editor_new_first_step')}`,
      'Duration: 5',
      '',
      say('editor_new_first_text'),
      '',
      '![The board](img/board.png)',
      '',
      '## Heat the iron',
      'Duration: 12',
      '',
      '```quiz',
      'How hot is it?',
      `- [ ] ${say('editor_piece_wrong')}`,
      `- [x] ${say('editor_piece_right')}`,
      '```',
      '',
      '$$',
      'a^2 + b^2 = c^2',
      '$$',
      '',
      '```mermaid',
      'flowchart LR',
      '  A --> B',
      '```',
      '',
    ].join('\n'),
  );
  await page.getByRole('link', { name: say('editor_back') }).click();
  await expect(page.getByRole('heading', { name: 'Solder a lamp', level: 1 })).toBeVisible();
});

test('steps are moved, split, merged and deleted, and undone', async ({ facilitator }) => {
  const { page } = facilitator;
  const writer = await Writer.begin(facilitator, 'Order');
  await writer.toEnd();
  await page.keyboard.press('Backspace');
  await page.keyboard.insertText('\n\n## Two\n\nhalf\n\nother half\n\n## Three\n\nend\n');
  const first = say('editor_new_first_step');
  await writer.hasSteps([first, 'Two', 'Three']);

  // By keyboard: the focus goes along, and the new place is said.
  await writer.steps.nth(2).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await writer.hasSteps([first, 'Three', 'Two']);
  await expect(writer.steps.nth(1)).toBeFocused();
  const place = { title: 'Three', position: 2, total: 3 };
  await expect(page.getByText(say('editor_moved', place))).toBeAttached();
  await page.keyboard.press('Alt+ArrowUp');
  await writer.hasSteps(['Three', first, 'Two']);

  // By pointer.
  const [grip, goal] = [page.locator('[data-grip]').nth(0), writer.steps.nth(2)];
  await grip.hover();
  await page.mouse.down();
  const box = await goal.boundingBox();
  if (!box) throw new Error('the step is not on screen');
  await page.mouse.move(box.x + 10, box.y + box.height - 2, { steps: 5 });
  await page.mouse.up();
  await writer.hasSteps([first, 'Two', 'Three']);

  // By menu.
  await writer.choose('Two', 'editor_move_down');
  await writer.hasSteps([first, 'Three', 'Two']);
  await writer.behind('other half');
  await page.keyboard.press('Home');
  await writer.choose('Two', 'editor_split_here');
  await writer.hasSteps([first, 'Three', 'Two', say('editor_new_step')]);
  await page.keyboard.type('Four');
  await writer.choose('Two', 'editor_merge_next');
  await writer.hasSteps([first, 'Three', 'Two']);
  await expect(writer.text).toContainText('### Four');
  await writer.choose('Three', 'editor_delete_step');
  await writer.hasSteps([first, 'Two']);
  await page.getByRole('button', { name: say('library_undo'), exact: true }).click();
  await writer.hasSteps([first, 'Three', 'Two']);
  await writer.text.focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(writer.text).not.toContainText('### Four');
  expect(await faults(page)).toEqual([]);
});

test('an input method composes in peace', async ({ facilitator }) => {
  const { page } = facilitator;
  const writer = await Writer.begin(facilitator, 'Hangul');
  await writer.toEnd();
  await page.keyboard.press('Enter');
  const keyboard = await page.context().newCDPSession(page);
  // Syllable by syllable, slowly enough for drafts and previews to come and go in between.
  for (const syllables of [
    ['ㅎ', '하', '한'],
    ['ㄱ', '구', '국'],
    ['ㅇ', '어'],
  ]) {
    for (const text of syllables) {
      const selectionStart = text.length;
      await keyboard.send('Input.imeSetComposition', {
        text,
        selectionStart,
        selectionEnd: selectionStart,
      });
      await writer.isKept();
    }
    await keyboard.send('Input.insertText', { text: syllables.at(-1) ?? '' });
  }
  await page.keyboard.type(' ![](x.png)');
  await expect(writer.text.locator('.cm-line').last()).toHaveText('한국어 ![](x.png)');
  await writer.isKept();
  expect((await writer.kept()).draft?.source.endsWith('한국어 ![](x.png)')).toBe(true);
});

test('the same codelab in two windows of one person is said', async ({ facilitator }) => {
  const writer = await Writer.begin(facilitator, 'Twice');
  const other = await facilitator.page.context().newPage();
  await other.goto(facilitator.page.url());
  for (const page of [other, writer.page]) {
    await expect(page.getByText(say('editor_elsewhere'))).toBeVisible();
  }
});

test('a killed server costs no word', async ({ facilitator, server, watch }) => {
  watch.expectOutage();
  const { page } = facilitator;
  const writer = await Writer.begin(facilitator, 'Crash');
  await writer.toEnd();
  await page.keyboard.type('Before the crash. ');
  await writer.isKept();
  await page.keyboard.type('In the middle of');
  await server.kill();
  await page.keyboard.type(' it, and on. ');
  await expect(page.locator('[data-state="failed"]')).toBeVisible();
  // Whoever closes the window now finds it in this browser; here the server comes back first.
  await server.restart();
  await writer.isKept();
  expect((await writer.kept()).draft?.source).toContain('In the middle of it, and on. ');

  await server.kill();
  await page.keyboard.type('Never confirmed.');
  await expect(page.locator('[data-state="failed"]')).toBeVisible();
  // The window is gone too, without a word: only this browser's storage has the text.
  await page.close();
  await server.restart();
  const back = new Facilitator(await page.context().newPage(), facilitator.url);
  const again = await Writer.open(back, writer.codelab);
  await expect(again.text).toContainText(
    'Before the crash. In the middle of it, and on. Never confirmed.',
  );
  await expect(back.page.getByText(say('editor_found_same', { revision: 1 }))).toBeVisible();
  await again.isKept();
  expect((await again.kept()).draft?.source).toContain('Never confirmed.');

  await back.page.getByRole('button', { name: say('editor_discard') }).click();
  await expect(again.text).not.toContainText('Before the crash');
  expect((await again.kept()).draft).toBeUndefined();
  await back.page.getByRole('button', { name: say('library_undo'), exact: true }).click();
  await expect(again.text).toContainText('Never confirmed.');
});

test('revisions are compared and brought back', async ({ facilitator }) => {
  const { page } = facilitator;
  const writer = await Writer.begin(facilitator, 'History');
  await writer.toEnd();
  await page.keyboard.type('A first sentence.');
  await writer.save();
  await writer.isRevision(2);
  await page.keyboard.type(' A second one.');
  await page.getByRole('button', { name: say('board_more'), exact: true }).click();
  await page.getByRole('menuitem', { name: say('editor_save_noted') }).click();
  await page.keyboard.type('Now there are two');
  await page.keyboard.press('Enter');
  await writer.isRevision(3);

  await page.getByRole('button', { name: say('editor_revisions'), exact: true }).click();
  const dialog = page.getByRole('dialog', { name: say('editor_revisions') });
  const revision = (number: number): ReturnType<typeof dialog.getByRole> =>
    dialog.getByRole('button', {
      name: new RegExp(`^${say('editor_revision', { revision: number })}`),
    });
  const diff = dialog.getByRole('textbox', { name: say('editor_differences') });
  await expect(diff).toContainText('A second one.');
  await expect(revision(3)).toContainText('Now there are two');
  await revision(2).click();
  await expect(diff).toContainText('A first sentence.');
  await dialog.getByRole('combobox').selectOption('3');
  await expect(diff.locator('.cm-deletedChunk')).toContainText('A second one.');
  expect(await faults(page)).toEqual([]);
  await dialog.getByRole('button', { name: say('editor_restore') }).click();
  await expect(dialog).toBeHidden();
  await expect(writer.text).not.toContainText('A second one.');
  expect(await writer.kept()).toMatchObject({ revision: 4 });
  await page.getByRole('button', { name: say('library_undo'), exact: true }).click();
  await expect(writer.text).toContainText('A second one.');
  await expect.poll(async () => (await writer.kept()).revision).toBe(5);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the editor keeps nobody out (${colorScheme})`, async ({ facilitator }) => {
    const { page } = facilitator;
    await page.emulateMedia({ colorScheme });
    const { items } = await facilitator.get<CodelabPage>('/codelabs');
    const tour = items.find(({ title }) => title === TOUR);
    const writer = await Writer.open(facilitator, tour?.id ?? '');
    await expect(writer.preview.locator('.prose-step').first()).toBeVisible();
    expect(await faults(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    for (const key of ['editor_steps', 'editor_preview', 'editor_text'] as const) {
      await page.getByRole('tab', { name: say(key) }).click();
      expect(await faults(page), key).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, key).toBeLessThanOrEqual(0);
    }
    await expect(writer.text).toBeVisible();
  });
}
