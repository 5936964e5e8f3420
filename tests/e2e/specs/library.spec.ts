/** Finding, ordering and putting away codelabs. */
import { write } from '../support/files.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const KOREAN = `---
title: 깃허브로 협업하기
tags: 협업, git
---

# 깃허브로 협업하기

## 저장소 만들기

빈 저장소를 하나 만든다.

## 변경 기록하기

변경을 기록하고 \`git push\`로 올린다.
`;

test('the text of every step is searched, and leads there', async ({ facilitator }, info) => {
  const [path = ''] = await write(info.outputPath(), { 'github.md': KOREAN });
  const { page } = facilitator;
  await facilitator.upload('import_file', path);
  const report = page.getByRole('dialog', { name: say('import_done_title') });
  await expect(report).toContainText('깃허브로 협업하기');
  await page.keyboard.press('Escape');
  await expect(report).toBeHidden();

  await page.getByRole('searchbox', { name: say('library_search') }).fill('기록하');
  const card = facilitator.card('깃허브로 협업하기');
  await expect(card.locator('mark')).toHaveText('기록하');
  await expect(page.getByRole('article')).toHaveCount(1);
  await card
    .getByRole('link', {
      name: say('library_found_in_step', { position: 2, title: '변경 기록하기' }),
    })
    .click();
  await expect(page.getByRole('heading', { name: '변경 기록하기', level: 2 })).toBeVisible();
});

test('tags narrow the library, an order is chosen', async ({ facilitator }) => {
  const { page } = facilitator;
  const tags = page.getByRole('group', { name: say('library_tags') }).first();
  const first = tags.getByRole('button').first();
  const tag = ((await first.textContent()) ?? '').trim().replace(/\s*\d+$/, '');
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  for (const card of await page.getByRole('article').all()) {
    await expect(card.getByRole('button', { name: tag, exact: true })).toBeVisible();
  }
  await first.click();
  await page.getByRole('combobox', { name: say('library_sort') }).selectOption('title');
  await expect
    .poll(async () => {
      const titles = await page.getByRole('article').getByRole('heading').allTextContents();
      return titles.length === 3 && titles.join() === titles.toSorted().join();
    })
    .toBe(true);
});

test('what is archived or removed is out of the way, and comes back', async ({ facilitator }) => {
  const { page } = facilitator;
  const title = 'Git from zero';
  const choose = async (action: string): Promise<void> => {
    const more = facilitator.card(title).getByRole('button', {
      name: say('library_more_for', { title }),
    });
    await more.click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  const shelf = (name: string) =>
    page.getByRole('group', { name: say('library_shelf') }).getByRole('button', { name });

  await choose(say('library_archive'));
  await expect(page.getByText(say('library_archived', { title }))).toBeVisible();
  await expect(facilitator.card(title)).toBeHidden();
  await shelf(say('library_shelf_archived')).click();
  await choose(say('library_unarchive'));
  await expect(page.getByText(say('library_archive_empty_title'))).toBeVisible();
  await shelf(say('library_shelf_active')).click();

  await choose(say('library_remove'));
  // Notes of what was done before stand there too; the newest is the last.
  await expect(page.getByText(say('library_removed', { title }))).toBeVisible();
  await page
    .getByRole('button', { name: say('library_undo'), exact: true })
    .last()
    .click();
  await expect(facilitator.card(title)).toBeVisible();
  await choose(say('library_remove'));
  await expect(facilitator.card(title)).toBeHidden();
  await shelf(say('library_shelf_removed')).click();
  await facilitator
    .card(title)
    .getByRole('button', { name: say('library_restore') })
    .click();
  await shelf(say('library_shelf_active')).click();
  await expect(facilitator.card(title)).toBeVisible();
});

test('a copy is made under another name and can be edited at once', async ({ facilitator }) => {
  const { page } = facilitator;
  const title = 'Git from zero';
  await facilitator
    .card(title)
    .first()
    .getByRole('button', { name: say('library_more_for', { title }) })
    .click();
  await page.getByRole('menuitem', { name: say('library_duplicate') }).click();
  const copy = say('library_copy_of', { title });
  await expect(page.getByRole('article').first()).toHaveAccessibleName(copy);
  await page.getByRole('button', { name: say('library_edit_copy') }).click();
  await expect(page).toHaveURL(/\/codelabs\/\w+\/edit$/);
  await expect(page.getByText(copy).first()).toBeVisible();
});
