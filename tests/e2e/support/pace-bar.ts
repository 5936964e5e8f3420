/** The bar that keeps a room together, in a facilitator's hands. */
import type { Locator, Page } from '@playwright/test';

import { expect } from './expect.ts';
import { say } from './words.ts';

export class PaceBar {
  constructor(readonly page: Page) {}

  get bar(): Locator {
    return this.page.getByRole('region', { name: say('pace_bar') });
  }

  button(name: string): Locator {
    return this.bar.getByRole('button', { name, exact: true });
  }

  /** Asks about a step, counted from 1. */
  async ask(position: number): Promise<void> {
    const opener = new RegExp(
      `^(${say('pace_ask_open')}|${say('pace_ask_again')})`.replace('?', '\\?'),
    );
    await this.bar.getByRole('button', { name: opener }).click();
    const panel = this.page.getByRole('dialog', { name: say('pace_ask_title') });
    await panel.getByLabel(say('pace_step')).selectOption({ index: position - 1 });
    await panel.getByRole('button', { name: say('pace_ask_submit') }).click();
    await expect(this.question).toContainText(say('pace_asked', { position }));
  }

  get question(): Locator {
    return this.bar.getByRole('group', { name: say('pace_question_label') });
  }

  /** How many are done, stuck, and silent. */
  async counts(done: number, stuck: number, silent: number): Promise<void> {
    const words = [
      `${say('pace_count_done')}: ${String(done)}`,
      `${say('pace_count_stuck')}: ${String(stuck)}`,
      `${say('pace_count_silent')}: ${String(silent)}`,
    ];
    await expect(this.question.getByRole('status')).toHaveText(words.join(', '));
  }

  /** The names behind the counts. */
  async names(): Promise<Locator> {
    await this.question.getByTitle(say('pace_show_names')).click();
    return this.page.getByRole('dialog', { name: say('pace_names') });
  }

  async startTimer(minutes: number, label: string): Promise<void> {
    await this.button(say('pace_timer')).click();
    const panel = this.page.getByRole('dialog', { name: say('pace_timer') });
    await panel.getByLabel(say('pace_timer_label')).fill(label);
    await panel.getByLabel(say('pace_timer_custom')).fill(String(minutes));
    await panel.getByRole('button', { name: say('pace_timer_start'), exact: true }).click();
    await expect(this.timer).toContainText(label);
  }

  get timer(): Locator {
    return this.bar.getByRole('group', { name: say('pace_timer') });
  }

  async takeLead(): Promise<void> {
    await this.button(say('pace_lead')).click();
    await expect(this.lead).toBeVisible();
  }

  /** One's own lead. */
  get lead(): Locator {
    return this.bar.getByRole('group', { name: say('pace_you_lead') });
  }

  async leadOn(title: string): Promise<void> {
    await this.button(say('pace_lead_on')).click();
    await expect(this.lead).toContainText(title);
  }

  /** Opens the steps up to one, counted from 1. */
  async openUpTo(position: number, title: string): Promise<void> {
    const limits = new RegExp(
      `${say('pace_limit_none')}|${say('pace_limit_at', { position: '\\d+' })}`,
    );
    await this.bar.getByRole('button', { name: limits }).click();
    const panel = this.page.getByRole('dialog', { name: say('pace_limits') });
    const label = say('pace_limit_option', { position, step: title });
    await panel.getByLabel(say('pace_limit_up_to')).selectOption({ label });
    await this.page.keyboard.press('Escape');
    await expect(this.button(say('pace_limit_at', { position }))).toBeVisible();
  }
}
