import { Attendee } from '../support/attendee.ts';
import { Room } from '../support/room.ts';
import { expect, test } from '../support/test.ts';
import type { CodelabDetail } from '../support/wire.ts';
import { Writer } from '../support/writer.ts';

test('a large screenshot is pasted, shown small in the room, and kept as it was', async ({
  server,
  facilitator,
  open,
}) => {
  const { summary } = await facilitator.post<CodelabDetail>('/codelabs/blank', {
    title: 'Solder',
    source: '# Solder\n\n## Heat\n\n',
  });
  const writer = await Writer.open(facilitator, summary.id);
  await writer.toEnd();
  const original = await writer.pastePicture('board.png', { width: 2400, height: 1800 });
  expect(original.subarray(1, 4).toString()).toBe('PNG');
  await expect(writer.text).toContainText('](img/board.png)');
  await writer.page.keyboard.type('The board');
  await writer.save();
  await writer.isRevision(2);

  const room = await Room.start(server, facilitator, ['Solder'], open);
  const ada = new Attendee(await open({ viewport: { width: 360, height: 740 } }), 'Ada');
  await ada.page.goto(room.link);
  const answered = ada.page.waitForResponse((response) => response.url().includes('/files/'));
  await ada.giveName();
  await ada.isAt('Heat');
  const picture = ada.content.getByRole('img', { name: 'The board' });
  await picture.scrollIntoViewIfNeeded();
  await expect(picture).toHaveJSProperty('naturalWidth', 1600);
  await expect(picture).toHaveJSProperty('naturalHeight', 1200);
  const shown = await answered;
  expect(new URL(shown.url()).pathname).toBe(await picture.getAttribute('src'));
  expect(shown.headers()['content-type']).toBe('image/webp');
  expect((await shown.body()).subarray(8, 12).toString()).toBe('WEBP');

  // A bundle holds pictures as they are, byte by byte.
  const path = `${facilitator.url}/api/v1/codelabs/${summary.id}/export?format=bundle`;
  const bundle = await (await writer.page.request.get(path)).body();
  expect(bundle.includes('img/board.png')).toBe(true);
  expect(bundle.includes(original)).toBe(true);
  expect(bundle.includes(await shown.body())).toBe(false);
});
