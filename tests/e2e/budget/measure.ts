/** One attendee with a fresh browser: address, name, first step of a live workshop. */
import { chromium } from '@playwright/test';

import { Attendee } from '../support/attendee.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { Codelabs } from '../support/codelabs.ts';
import { Facilitator } from '../support/facilitator.ts';
import { Room } from '../support/room.ts';
import { Meter } from './transfer.ts';

const CODELAB = 'Git from zero';

/** Runs a server, a workshop and two browsers; answers what the second one transferred. */
export async function measure(): Promise<Meter> {
  const server = await Codelabs.start();
  const browser = await chromium.launch(CHROMIUM);
  try {
    const desk = await browser.newContext();
    const url = `http://127.0.0.1:${String(server.port)}`;
    const facilitator = new Facilitator(await desk.newPage(), url);
    await facilitator.enter(server.facilitatorLink);
    const open = async () => (await browser.newContext({ locale: 'en-US' })).newPage();
    const room = await Room.start(server, facilitator, [CODELAB], open);

    const page = await open();
    const meter = await Meter.of(await page.context().newCDPSession(page));
    const ada = new Attendee(page, 'Ada');
    await page.goto(room.link);
    await ada.giveName();
    await ada.isAt(room.step(1));
    await meter.close();
    return meter;
  } finally {
    await browser.close();
    await server.stop();
  }
}
