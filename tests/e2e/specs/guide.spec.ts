import { Attendee } from '../support/attendee.ts';
import { inviteFacilitator } from '../support/invited.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import type { CodelabDetail, SavedRevision } from '../support/wire.ts';
import { say } from '../support/words.ts';
import { Writer } from '../support/writer.ts';

const STEPS = '## Water\n\nBoil it.\n\n## Cup\n\nPour it.\n';
const GUIDE = 'Bring a **kettle**.\n\n- [ ] Fill it\n\n```sh\necho tea\n```\n';
const TEXT = `# Tea\n\n${GUIDE}\n${STEPS}`;

test('what is to be prepared comes before step 1, and counts as no step', async ({
  server,
  facilitator,
  open,
}, info) => {
  await facilitator.post<CodelabDetail>('/codelabs/blank', { title: 'Tea', source: TEXT });
  const room = await Room.start(server, facilitator, ['Tea'], open);
  const ada = new Attendee(
    await open({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' }),
    'Ada',
  );
  await ada.page.goto(room.link);
  await ada.giveName();

  await ada.isAt(say('step_guide'));
  await expect(ada.content.locator('strong')).toHaveText('kettle');
  await expect(ada.content.locator('.code-frame')).toHaveCount(1);
  await info.attach('guide', { body: await ada.page.screenshot(), contentType: 'image/png' });
  const overflow = await ada.page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  );
  expect(overflow).toBe(false);
  await ada.content.getByRole('checkbox').check();

  // Read again, it is still what comes first; then it is behind.
  await ada.page.reload();
  await ada.isAt(say('step_guide'));
  await expect(ada.content.getByRole('checkbox')).toBeChecked();
  // On a phone the bar alone leads on.
  const begin = ada.page.getByRole('button', { name: say('step_guide_begin'), exact: true });
  await expect(begin).toHaveCount(0);
  await ada.next();
  await ada.isAt('Water');
  await ada.next();
  await ada.isAt('Cup');
  await ada.previous();
  await ada.isAt('Water');
  await ada.previous();
  await ada.isAt(say('step_guide'));
  await ada.next();
  await ada.page.reload();
  await ada.isAt('Water');

  // The list leads back to it from anywhere, and has as many steps as before.
  await ada.next();
  await ada.page.getByRole('button', { name: say('step_list'), exact: true }).click();
  await expect(ada.steps).toHaveCount(2);
  const entry = ada.page.getByRole('link', { name: say('step_guide') }).filter({ visible: true });
  await entry.click();
  await ada.isAt(say('step_guide'));
  await ada.next();
  await ada.isAt('Water');
});

test('a guide is written in the editor, above the steps', async ({ facilitator }, info) => {
  const { summary } = await facilitator.post<CodelabDetail>('/codelabs/blank', {
    title: 'Tea',
    source: `# Tea\n\n${STEPS}`,
  });
  const writer = await Writer.open(facilitator, summary.id);
  const { page } = writer;
  await page.getByRole('button', { name: say('editor_guide_add'), exact: true }).click();
  await page.keyboard.type('Bring a **kettle**.');
  const shown = page.getByRole('region', { name: say('editor_guide'), exact: true });
  await expect(shown.locator('strong')).toHaveText('kettle');
  await writer.save();
  await writer.isRevision(2);
  expect((await writer.kept()).source).toBe(`# Tea\n\nBring a **kettle**.\n\n${STEPS}`);
  await info.attach('editor', { body: await page.screenshot(), contentType: 'image/png' });

  // The entry leads back to it from below.
  await writer.toEnd();
  const entry = page.getByRole('button', { name: say('editor_guide'), exact: true });
  await expect(entry).not.toHaveAttribute('aria-current', 'step');
  await entry.click();
  await expect(entry).toHaveAttribute('aria-current', 'step');

  // The library finds its words and leads there.
  await page.goto(`${facilitator.url}/library`);
  await page.getByRole('searchbox').fill('kettle');
  await page.getByRole('link', { name: say('library_found_in_guide') }).click();
  await expect(page.getByRole('heading', { level: 2, name: say('codelab_guide') })).toBeVisible();
  await expect(page.locator('.prose-step strong')).toHaveText('kettle');
  await info.attach('library', { body: await page.screenshot(), contentType: 'image/png' });
});

const together = test.extend({ listenOn: '0.0.0.0' });

together(
  'who writes is told that a colleague has saved',
  async ({ server, facilitator, open }, info) => {
    const source = `# Tea\n\n${STEPS}`;
    const { summary } = await facilitator.post<CodelabDetail>('/codelabs/blank', {
      title: 'Tea',
      source,
    });
    const room = await Room.start(server, facilitator, ['Tea'], open);
    const mina = await inviteFacilitator(room, 'Mina');
    const writer = await Writer.open(mina, summary.id);
    await writer.toEnd();
    await writer.page.keyboard.type('\nA last line of my own.');
    await facilitator.post<SavedRevision>(`/codelabs/${summary.id}/revisions`, {
      base: 1,
      source: source.replace('Boil it.', 'Heat it.'),
    });
    const take = writer.page.getByRole('button', { name: say('editor_newer_take'), exact: true });
    await expect(take).toBeVisible({ timeout: 20_000 });
    await info.attach('newer', { body: await writer.page.screenshot(), contentType: 'image/png' });
    await take.click();
    await expect(take).toHaveCount(0);
    const text = writer.page.locator('.cm-content');
    await expect(text).toContainText('Heat it.');
    await expect(text).toContainText('A last line of my own.');
    await writer.save();
    await writer.isRevision(3);
  },
);
