/**
 * What people and authors write runs nothing in the browsers of others. Each layer is asked alone:
 * first what the server and the pages make of a text, with the policy of the pages switched off;
 * then the policy, with markup that nobody has cleaned.
 */
import type { Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

import { giveAll } from '../support/command.ts';
import type { Facilitator } from '../support/facilitator.ts';
import { hostileCodelab, VECTORS } from '../support/hostile.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import { say } from '../support/words.ts';

const TITLE = 'Hostile <img src=x onerror=top.ran=1>';

/** Nothing has run, and nothing waits for a press to run. */
async function isHarmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const ran = 'ran' in window ? [`something ran ${String(window.ran)} times`] : [];
    const attributes = [...document.querySelectorAll('body *')].flatMap((element) =>
      [...element.attributes].map(({ name, value }) => ({ tag: element.tagName, name, value })),
    );
    const armed = attributes.filter(
      ({ tag, name, value }) =>
        /^on/i.test(name) ||
        name === 'srcdoc' ||
        (/^(href|src|action|formaction|data|xlink:href)$/i.test(name) &&
          // A picture is drawn, and nothing in it runs.
          !(tag === 'IMG' && /^data:image/.test(value)) &&
          // eslint-disable-next-line no-control-regex
          /^[\s\x00-\x1f]*(javascript|vbscript|data)[\s\x00-\x1f]*:/i.test(value)),
    );
    return [...ran, ...armed.map(({ tag, name, value }) => `<${tag} ${name}="${value}">`)];
  });
  expect(found).toEqual([]);
}

/** Presses whatever a text brought that can be pressed. */
async function pressEverything(page: Page, within: string): Promise<void> {
  for (const target of await page.locator(`${within} :is(a:not([href^=http]), p, math)`).all()) {
    await target.dispatchEvent('click');
    await target.dispatchEvent('mouseover');
  }
}

/** Imports the codelab; gives its id and the title that it has in the library. */
async function importHostile(facilitator: Facilitator): Promise<{ id: string; title: string }> {
  const file = {
    name: 'index.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from(hostileCodelab(TITLE)),
  };
  const address = `${facilitator.url}/api/v1/codelabs`;
  const response = await facilitator.page.request.post(address, { multipart: { file } });
  expect(response.ok(), await response.text()).toBe(true);
  return ((await response.json()) as { codelab: { id: string; title: string } }).codelab;
}

test('without the policy of the pages, texts run nothing either', async ({
  facilitator,
  server,
  browser,
  open,
}, info) => {
  // Pictures that lead nowhere are part of what is tried: their errors are no fault of the page.
  const anyone = await browser.newContext({ locale: 'en-US', bypassCSP: true });
  const reader = await anyone.newPage();
  const codelab = await importHostile(facilitator);
  const room = await Room.start(server, facilitator, [codelab.title], open);

  await reader.goto(room.link);
  await reader.getByLabel(say('join_name_label')).fill('<img src=x onerror=top.ran=1>');
  await reader.getByRole('button', { name: say('join_submit'), exact: true }).click();
  for (const [at, step] of room.steps().entries()) {
    await reader.goto(room.address(at + 1));
    await expect(reader.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(step);
    await expect(reader.locator('.prose-step')).toBeVisible();
    await isHarmless(reader);
    await pressEverything(reader, '.prose-step');
    await isHarmless(reader);
  }

  // What people say, ask, answer and are called.
  const workshop = room.workshop.id;
  await giveAll(reader, workshop, [
    ...VECTORS.map((text) => ({ type: 'post_message', text })),
    ...VECTORS.slice(0, 5).map((text) => ({ type: 'post_direct_message', text })),
    { type: 'raise_help', message: VECTORS[4] },
  ]);
  await giveAll(facilitator.page, workshop, [
    ...VECTORS.slice(0, 5).map((text) => ({ type: 'announce', text })),
    {
      type: 'open_poll',
      form: { kind: 'single', question: VECTORS[9], options: [VECTORS[4], VECTORS[16]] },
    },
  ]);
  await expect(reader.locator('[data-message]').last()).toBeVisible();
  await isHarmless(reader);

  const watching = await browser.newContext({
    locale: 'en-US',
    bypassCSP: true,
    storageState: await facilitator.page.context().storageState(),
  });
  const desk = await watching.newPage();
  for (const path of [
    `/workshops/${workshop}`,
    `/workshops/${workshop}/lobby`,
    `/workshops/${workshop}/report`,
    `/workshops/${workshop}/replay`,
    `/library`,
    `/library/${codelab.id}`,
    `/codelabs/${codelab.id}/edit`,
  ]) {
    await desk.goto(`${facilitator.url}${path}`);
    await expect(desk.getByRole('main').or(desk.getByRole('region')).first()).toBeVisible();
    await isHarmless(desk);
  }

  // The page that a codelab is exported as has no server before it, and no policy of one.
  const exported = await facilitator.page.request.get(
    `${facilitator.url}/api/v1/codelabs/${codelab.id}/export?format=html`,
  );
  const file = info.outputPath('hostile.html');
  await writeFile(file, await exported.body());
  await reader.goto(pathToFileURL(file).href);
  await isHarmless(reader);
  await pressEverything(reader, 'main, body');
  await isHarmless(reader);
  await anyone.close();
  await watching.close();
});

test('with the policy of the pages, markup that nobody has cleaned runs nothing', async ({
  room,
  browser,
}) => {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(room.link);
  await expect(page.getByLabel(say('join_name_label'))).toBeVisible();
  for (const vector of VECTORS) {
    await page.evaluate(
      (markup) => {
        const place = document.createElement('div');
        place.innerHTML = markup;
        // Scripts that a parser sets in this way never run; one that is made anew would.
        for (const script of place.querySelectorAll('script')) {
          const made = document.createElement('script');
          made.textContent = script.textContent;
          script.replaceWith(made);
        }
        document.body.append(place);
        for (const element of place.querySelectorAll<HTMLElement>('*')) {
          element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }));
          element.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
        }
        place.remove();
      },
      vector.replaceAll(/^(<meta|<base).*$/g, ''),
    );
  }
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  // The same vectors do run where there is no policy: they are not harmless by themselves.
  const bare = await (await browser.newContext()).newPage();
  await bare.setContent(`<img src=x onerror="top.ran=1">`);
  await expect.poll(() => bare.evaluate(() => 'ran' in window)).toBe(true);
  await context.close();
  await bare.context().close();
});
