/** Somebody in the room with a browser of their own. Speaks as people do; waits as they do. */
import type { Locator, Page } from '@playwright/test';

import { expect } from './expect.ts';
import { say, saying } from './words.ts';

/** A page that lost the server tries again at least this often, in milliseconds, and some. */
export const RECONNECTED_MS = 30_000;

export class Attendee {
  constructor(
    readonly page: Page,
    readonly name: string,
  ) {}

  /** Gives a name, and the code if there is a field for it, at the door. */
  async giveName(code?: string): Promise<void> {
    await this.page.getByLabel(say('join_name_label')).fill(this.name);
    if (code !== undefined) await this.page.getByLabel(say('join_code_label')).fill(code);
    await this.page.getByRole('button', { name: say('join_submit'), exact: true }).click();
  }

  /** The heading of the step that is shown. */
  get step(): Locator {
    return this.page.getByRole('article').getByRole('heading', { level: 2 });
  }

  /** The text of the step. */
  get content(): Locator {
    return this.page.locator('.prose-step');
  }

  /** Is at this step and can read it. */
  async isAt(title: string): Promise<void> {
    await expect(this.step).toHaveText(title);
    await expect(this.content).toBeVisible();
    // Screens that a room's Wi-Fi reaches are no secure context: nothing here may need one.
    expect(await this.page.evaluate(() => isSecureContext)).toBe(false);
  }

  /** What comes after the text is there too: the chat and the buttons on code. */
  async hasTools(): Promise<void> {
    await expect(this.messageField).toBeVisible();
    const blocks = await this.content.locator('pre.code').count();
    await expect(this.content.locator('.code-frame')).toHaveCount(blocks);
  }

  /** Done with this step, on to the next. */
  async next(): Promise<void> {
    const button = this.page.getByRole('button', { name: say('step_next'), exact: true });
    await button.filter({ visible: true }).click();
  }

  async previous(): Promise<void> {
    const button = this.page.getByRole('button', { name: say('step_previous'), exact: true });
    await button.filter({ visible: true }).click();
  }

  /** Ticks that this step is done, without leaving it. */
  async markDone(): Promise<void> {
    await this.page.getByText(say('step_mark_done'), { exact: true }).click();
    await expect(this.page.getByLabel(say('step_done'), { exact: true })).toBeChecked();
  }

  /** The list of steps beside the page, or in its sheet. */
  get steps(): Locator {
    const list = this.page.getByRole('navigation', { name: say('step_list') });
    return list.filter({ visible: true }).getByRole('listitem');
  }

  get connection(): Locator {
    return this.page.getByRole('banner').getByRole('status');
  }

  /** The conversation, beside the step or in its sheet. */
  get chat(): Locator {
    return this.page.getByRole('log', { name: say('chat_title') }).filter({ visible: true });
  }

  get messageField(): Locator {
    return this.page.getByLabel(say('chat_message_label')).filter({ visible: true });
  }

  async say(text: string): Promise<void> {
    await this.messageField.fill(text);
    await this.messageField.press('Enter');
  }

  /** Reads it in the chat, once. */
  async hears(text: string): Promise<void> {
    await expect(this.chat.getByText(text, { exact: true })).toHaveCount(1);
  }

  /** The announcement above the step. */
  announcement(text: string): Locator {
    return this.page.locator('[aria-live=assertive]').getByText(text, { exact: true });
  }

  /** The button that is always in reach, whatever it says at the moment. */
  get helpButton(): Locator {
    const words = [say('help_ask'), say('help_waiting'), say('help_claimed')];
    const patterns = [saying('help_place'), saying('help_place_first'), saying('help_claimed_by')];
    const any = [...words, ...patterns.map(({ source }) => source)].join('|');
    const main = this.page.getByRole('button', { name: new RegExp(any) });
    return main.filter({ visible: true }).first();
  }

  get helpSheet(): Locator {
    return this.page.getByRole('dialog', { name: say('help_title') });
  }

  async openHelp(): Promise<void> {
    if (!(await this.helpSheet.isVisible())) await this.helpButton.click();
    await expect(this.helpSheet).toBeVisible();
  }

  async askForHelp(about: string): Promise<void> {
    await this.openHelp();
    await this.helpSheet.getByLabel(say('help_message_label')).fill(about);
    await this.helpSheet.getByRole('button', { name: say('help_ask'), exact: true }).click();
  }

  async withdrawHelp(): Promise<void> {
    await this.openHelp();
    await this.helpSheet.getByRole('button', { name: say('help_withdraw') }).click();
  }

  async closeSheet(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await expect(this.page.getByRole('dialog').filter({ visible: true })).toHaveCount(0);
  }

  async openMenu(): Promise<Locator> {
    await this.page.getByRole('button', { name: say('room_menu'), exact: true }).click();
    return this.page.getByRole('dialog', { name: say('room_menu') });
  }

  /** The code that moves this seat to another device. */
  async resumeCode(): Promise<string> {
    const menu = await this.openMenu();
    const link = await menu.getByText(/\/resume#/).textContent();
    await this.closeSheet();
    return link?.split('#')[1]?.trim() ?? '';
  }

  /** The page's own word that the workshop is over. */
  get ended(): Locator {
    return this.page.getByText(say('room_ended_title'), { exact: true });
  }

  /** A message of the page itself, in the corner. */
  toast(text: string): Locator {
    return this.page.getByRole('region', { name: say('common_notifications') }).getByText(text);
  }
}
