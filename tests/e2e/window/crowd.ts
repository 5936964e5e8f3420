/** Chromium attendees for a workshop that runs in the window. */
import { chromium, type Browser } from '@playwright/test';

import { Attendee } from '../support/attendee.ts';
import { CHROMIUM } from '../support/chromium.ts';
import { Watch } from '../support/watch.ts';

export class Crowd {
  readonly watch = new Watch();

  private constructor(readonly browser: Browser) {}

  static async gather(): Promise<Crowd> {
    return new Crowd(await chromium.launch(CHROMIUM));
  }

  /** Somebody with a browser of their own scans the code, gives a name and reads the first step. */
  async join(name: string, link: string, firstStep: string): Promise<Attendee> {
    const context = await this.browser.newContext({
      locale: 'en-US',
      viewport: { width: 1280, height: 800 },
    });
    context.setDefaultTimeout(60_000);
    this.watch.follow(context);
    const attendee = new Attendee(await context.newPage(), name);
    await attendee.page.goto(link);
    await attendee.giveName();
    await attendee.isAt(firstStep);
    return attendee;
  }

  async leave(): Promise<void> {
    await this.browser.close();
  }
}
