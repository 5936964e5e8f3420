/** What people do in the chat, attendees and facilitators alike. */
import type { Locator, Page } from '@playwright/test';

import { expect } from './expect.ts';
import { say, saying } from './words.ts';

export class Conversation {
  constructor(readonly page: Page) {}

  /** The messages on screen. */
  get log(): Locator {
    return this.page.getByRole('log', { name: say('chat_title') }).filter({ visible: true });
  }

  /** The message with these words. */
  message(text: string): Locator {
    return this.log.locator('[data-message]').filter({ hasText: text });
  }

  get field(): Locator {
    return this.page
      .getByRole('textbox', { name: say('chat_message_label') })
      .filter({ visible: true });
  }

  get directField(): Locator {
    return this.page.getByRole('textbox', { name: say('talk_direct_label') });
  }

  async write(text: string): Promise<void> {
    await this.field.fill(text);
    await this.field.press('Enter');
  }

  async writeDirectly(text: string): Promise<void> {
    await this.directField.fill(text);
    await this.directField.press('Enter');
  }

  /** Everybody, or the other part. */
  async openPart(
    key: 'talk_part_all' | 'talk_part_direct' | 'talk_part_facilitators',
  ): Promise<void> {
    await this.part(key).click();
  }

  part(key: 'talk_part_all' | 'talk_part_direct' | 'talk_part_facilitators'): Locator {
    const parts = this.page
      .getByRole('group', { name: say('talk_parts') })
      .filter({ visible: true });
    return parts.getByRole('button', { name: new RegExp(`^${say(key)}`) });
  }

  /** Opens what can be done about a message. */
  async openTools(text: string): Promise<Locator> {
    const message = this.message(text);
    await message.hover();
    await message.getByRole('button', { name: saying('talk_actions') }).click();
    return message.getByRole('group', { name: say('talk_actions_title') });
  }

  async reply(text: string): Promise<void> {
    const tools = await this.openTools(text);
    await tools.getByRole('button', { name: say('talk_reply'), exact: true }).click();
    await expect(this.page.getByText(say('talk_replying_to'))).toBeAttached();
  }

  async act(text: string, name: string | RegExp): Promise<void> {
    const tools = await this.openTools(text);
    await tools.getByRole('button', { name, exact: true }).click();
  }

  /** Asked whether to, says yes. */
  async remove(text: string): Promise<void> {
    await this.act(text, say('talk_delete'));
    const question = this.page.getByRole('dialog', { name: say('talk_delete_title') });
    await question.getByRole('button', { name: say('talk_delete'), exact: true }).click();
    await expect(question).toHaveCount(0);
  }

  /** A reaction that a message has. */
  reaction(text: string, name: string, count: number): Locator {
    const label = say('talk_reaction_count', { name, count });
    return this.message(text).getByRole('button', { name: label, exact: true });
  }
}
