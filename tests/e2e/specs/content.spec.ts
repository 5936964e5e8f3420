import type { Page } from '@playwright/test';

import { faults } from '../support/faults.ts';
import { importRich, RICH } from '../support/rich.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

/** The files that draw diagrams which a page asks for from now on. */
function drawingFiles(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (/diagrams/.test(new URL(request.url()).pathname)) asked.push(request.url());
  });
  return asked;
}

/** What a press on the copy button of a code block puts into the clipboard. */
async function copied(page: Page, block: number): Promise<string> {
  await page.evaluate(() => {
    document.addEventListener('copy', () => {
      const field = document.activeElement;
      const text = field instanceof HTMLTextAreaElement ? field.value : getSelection()?.toString();
      document.body.dataset['copied'] = text ?? '';
    });
  });
  const frame = page.locator('.prose-step .code-frame').nth(block);
  await frame.getByRole('button', { name: say('common_copy') }).click();
  await expect(page.locator('body')).toHaveAttribute('data-copied', /./);
  const text = (await page.locator('body').getAttribute('data-copied')) ?? '';
  await page.evaluate(() => {
    delete document.body.dataset['copied'];
  });
  return text;
}

test('formulas, code, diagrams and quizzes are shown to everybody', async ({
  facilitator,
  server,
  open,
}, info) => {
  await importRich(facilitator, info.outputPath('rich'));
  const room = await Room.start(server, facilitator, [RICH.title], open);
  const ada = await room.join('Ada');
  const { page } = ada;
  const asked = drawingFiles(page);

  // Formulas are set by the browser; the one that cannot be read is there as it was written.
  const formula = ada.content.locator('math[display=block] mfrac').first();
  const { height } = (await formula.boundingBox()) ?? { height: 0 };
  expect(height).toBeGreaterThan(25);
  await expect(ada.content.locator('code.math')).toHaveText('\\nosuchthing{x}');
  expect(await faults(page)).toEqual([]);

  await page.goto(room.address(2));
  await ada.isAt('Code');
  await ada.hasTools();
  expect(await copied(page, 0)).toContain('def greet(name):\n    """Says hello,\n');
  expect(await copied(page, 1)).toBe('def greet(name):\n    print(f"Hello {name}")');
  expect(await copied(page, 2)).toBe('new');
  expect(await copied(page, 3)).toBe('git status\ngit log --oneline');
  expect(await faults(page)).toEqual([]);
  // So far nobody had anything to draw.
  expect(asked).toEqual([]);

  await page.goto(room.address(3));
  await ada.isAt('Diagrams');
  const flow = ada.content.getByRole('img', { name: 'How a request travels' });
  await expect(flow).toBeVisible();
  await expect
    .poll(() => flow.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBeGreaterThan(200);
  await expect(
    ada.content.getByRole('img', { name: say('diagram_name'), exact: true }),
  ).toBeVisible();
  // What draws reaches nothing of this server: neither its storage nor its answers.
  const drawing = page.frames().find((frame) => frame.url().endsWith('/diagrams.html'));
  expect(await drawing?.evaluate(() => self.origin)).toBe('null');
  expect(
    await drawing?.evaluate(() => {
      try {
        return String(localStorage.length);
      } catch (error) {
        return error instanceof Error ? error.name : '';
      }
    }),
  ).toBe('SecurityError');
  // What cannot be drawn keeps its words, and says why.
  await expect(ada.content.locator('[data-diagram-problem] + pre')).toContainText('nonsense');
  await ada.content.getByText(say('diagram_source')).first().click();
  await expect(ada.content.getByText('accTitle: How a request travels')).toBeVisible();
  expect(await faults(page)).toEqual([]);
  expect(asked.length).toBeGreaterThan(1);

  // Nobody is told what is right.
  await page.goto(room.address(4));
  await ada.isAt('A quiz');
  await expect(ada.content.locator('.quiz li')).toHaveText(['print(1)', 'print(1 + 2)']);
  expect(await page.content()).not.toContain('The secret');
  expect(await faults(page)).toEqual([]);
});

test('the library draws the diagrams of the step that is looked at', async ({
  facilitator,
}, info) => {
  await importRich(facilitator, info.outputPath('rich'));
  const { page } = facilitator;
  await facilitator.card(RICH.title).getByRole('link', { name: RICH.title }).click();
  await expect(page.locator('.prose-step math').first()).toBeVisible();
  await page.getByRole('button', { name: 'Diagrams' }).click();
  await expect(page.getByRole('img', { name: 'How a request travels' })).toBeVisible();
});
