import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import type { CodelabDetail, SavedRevision } from '../support/wire.ts';
import { say } from '../support/words.ts';

const paragraphs = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Paragraph ${String(index + 1)} of this step.`).join(
    '\n\n',
  );

const WATER = `## Water\n\n${paragraphs(40)}\n`;
const LEAVES = '## Leaves\n\nPut them in.\n';
const CUP = '## Cup\n\nPour it.\n';
const TEXT = `# Tea\n\n${WATER}\n${LEAVES}\n${CUP}`;

const begun = test.extend<{ save: (text: string) => Promise<void> }>({
  room: async ({ server, facilitator, open }, use) => {
    await facilitator.post<CodelabDetail>('/codelabs/blank', { title: 'Tea', source: TEXT });
    await use(await Room.start(server, facilitator, ['Tea'], open));
  },
  save: async ({ room, facilitator }, use) => {
    let base = 1;
    const path = `/codelabs/${room.agenda[0]?.codelab ?? ''}/revisions`;
    await use(async (source) => {
      const saved = await facilitator.post<SavedRevision>(path, { base, source });
      base = saved.revision;
    });
  },
});

begun('who reads sees what was saved, and keeps their place', async ({ room, save }) => {
  const ada = await room.join('Ada');
  await ada.hasTools();
  await ada.markDone();
  const read = ada.content.getByText('Paragraph 25 of this step.', { exact: true });
  await read.evaluate((part) => {
    part.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  const top = async (): Promise<number> => Math.round((await read.boundingBox())?.y ?? -1);
  const before = await top();
  const above = WATER.replace(
    '\n\n',
    '\n\nFirst of all: look at this.\n\n> Really look at it.\n\n',
  );
  const below = above.replace('Paragraph 26 of', 'This was rewritten, of');
  await save(`# Tea\n\n## Pot\n\nWarm it up.\n\n${below}\n${LEAVES}\n${CUP}`);

  const note = ada.page.getByText(say('step_updated'), { exact: true });
  await expect(note).toBeVisible();
  await expect(ada.content).toContainText('This was rewritten');
  await expect(ada.content).toContainText('Really look at it.');
  await expect.poll(top).toBe(before);
  // A step more in front of it: nobody is moved, and what is done is done.
  await ada.isAt('Water');
  await expect(ada.steps).toHaveCount(4);
  await expect(ada.page.getByLabel(say('step_done'), { exact: true })).toBeChecked();

  // What is changed elsewhere is nobody's news.
  await ada.page.getByRole('button', { name: say('common_close'), exact: true }).click();
  await expect(note).toHaveCount(0);
  await save(
    `# Tea\n\n## Pot\n\nWarm it up well.\n\n${below}\n${LEAVES}\n${CUP}\n## Enjoy\n\nAh.\n`,
  );
  await expect(ada.steps).toHaveCount(5);
  await expect(note).toHaveCount(0);
});

begun('who read a step that is gone goes on beside it', async ({ room, save, facilitator }) => {
  const bob = await room.join('Bob');
  await bob.hasTools();
  await bob.next();
  await bob.isAt('Leaves');
  await facilitator.openRoom(room.workshop.id);
  await facilitator.sees('Bob', 2);
  await save(`# Tea\n\n${WATER}\n${CUP}`);
  await bob.isAt('Water');
  const note = bob.page.getByText(say('step_removed', { step: 'Leaves' }), { exact: true });
  await expect(note).toBeVisible();
  await expect(bob.steps).toHaveCount(2);
  await facilitator.sees('Bob', 1);
  // Turning the page puts the note away.
  await bob.next();
  await bob.isAt('Cup');
  await expect(note).toHaveCount(0);
});
