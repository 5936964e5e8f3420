/** Polls as people have them: on the desk of a facilitator, and on an attendee's phone. */
import type { Locator, Page } from '@playwright/test';

import { Attendee } from './attendee.ts';
import { expect } from './expect.ts';
import type { Facilitator } from './facilitator.ts';
import type { Room } from './room.ts';
import { say, saying } from './words.ts';

/** The tab with the polls of a workshop. */
export class PollDesk {
  readonly page: Page;

  constructor(readonly facilitator: Facilitator) {
    this.page = facilitator.page;
  }

  async open(workshop: string): Promise<void> {
    await this.facilitator.openRoom(workshop);
    await this.page.getByRole('tab', { name: new RegExp(`^${say('polls_title')}`) }).click();
    await expect(this.panel).toBeVisible();
  }

  get panel(): Locator {
    return this.page.getByRole('region', {
      name: say('polls_title'),
      exact: true,
    });
  }

  /** A poll that was asked. */
  card(question: string): Locator {
    return this.panel.getByRole('article', { name: question });
  }

  async press(question: string, key: 'polls_reveal' | 'polls_hide' | 'polls_close' | 'polls_peek') {
    await this.card(question)
      .getByRole('button', { name: say(key), exact: true })
      .click();
  }

  async choose(question: string, key: 'polls_reset' | 'polls_ask_as_new'): Promise<void> {
    await this.card(question)
      .getByRole('button', { name: say('polls_more', { question }) })
      .click();
    await this.page.getByRole('menuitem', { name: say(key) }).click();
  }

  /** The dialog in which a poll is written. */
  get composer(): Locator {
    return this.page.getByRole('dialog', { name: say('polls_new') });
  }

  async compose(question: string, kind: Kind): Promise<void> {
    await this.panel.getByRole('button', { name: say('polls_new') }).click();
    await this.composer.getByRole('textbox', { name: say('polls_question') }).fill(question);
    await this.composer.getByText(say(`polls_kind_${kind}`), { exact: true }).click();
  }

  option(number: number): Locator {
    return this.composer.getByRole('textbox', {
      name: say('polls_option', { number }),
      exact: true,
    });
  }

  async writeOptions(options: readonly string[]): Promise<void> {
    for (const [index, option] of options.entries()) {
      await this.option(index + 1).fill(option);
      if (index < options.length - 1) await this.option(index + 1).press('Enter');
    }
  }

  async ask(): Promise<void> {
    await this.composer.getByRole('button', { name: say('polls_ask'), exact: true }).click();
    await expect(this.composer).toBeHidden();
  }
}

export type Kind = 'single' | 'multiple' | 'scale' | 'text' | 'words';

/** An attendee who is asked, and every frame that reached the browser. */
export class Asked {
  private constructor(
    readonly attendee: Attendee,
    readonly frames: readonly string[],
  ) {}

  static async join(room: Room, name: string, options = {}): Promise<Asked> {
    const page = await room.open(options);
    const frames: string[] = [];
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => frames.push(String(payload)));
    });
    const attendee = new Attendee(page, name);
    await page.goto(room.link);
    await attendee.giveName();
    await attendee.isAt(room.step(1));
    return new Asked(attendee, frames);
  }

  get page(): Page {
    return this.attendee.page;
  }

  /** What says that there is a poll, at the lower edge. */
  get bar(): Locator {
    return this.page.getByRole('complementary', {
      name: say('polls_one'),
      exact: true,
    });
  }

  get sheet(): Locator {
    return this.page.getByRole('dialog', {
      name: say('polls_one'),
      exact: true,
    });
  }

  async openSheet(question: string): Promise<void> {
    await this.bar.getByRole('button', { name: question }).click();
    await expect(this.sheet).toContainText(question);
  }

  async send(): Promise<void> {
    const button = new RegExp(`^(${say('polls_send')}|${say('polls_send_change')})$`);
    await this.sheet.getByRole('button', { name: button }).click();
  }

  async isSent(): Promise<void> {
    await expect(this.sheet.getByText(say('polls_sent'))).toBeVisible();
  }

  /** The result as a screen reader has it. */
  get result(): Locator {
    return this.sheet.getByRole('region', { name: saying('polls_result') });
  }

  /** Results that were sent to this browser. */
  get toldResults(): string[] {
    return this.frames.filter((frame) => frame.includes('"poll_result"'));
  }
}
