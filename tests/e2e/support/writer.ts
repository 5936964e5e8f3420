/** Somebody who writes a codelab. */
import type { Locator, Page } from '@playwright/test';

import { expect } from './expect.ts';
import type { Facilitator } from './facilitator.ts';
import { say } from './words.ts';

/** What the server has of a codelab's text. */
export interface Kept {
  revision: number;
  source: string;
  draft?: { base: number; source: string };
}

export class Writer {
  readonly page: Page;

  private constructor(
    readonly facilitator: Facilitator,
    readonly codelab: string,
  ) {
    this.page = facilitator.page;
  }

  /** Begins a new codelab, as "New codelab" in the library does. */
  static async begin(facilitator: Facilitator, title: string): Promise<Writer> {
    const { page } = facilitator;
    await page.getByRole('button', { name: say('editor_new_codelab') }).click();
    await page.getByLabel(say('editor_new_title')).fill(title);
    await page.getByLabel(say('editor_new_title')).press('Enter');
    await expect(page).toHaveURL(/\/codelabs\/[^/]+\/edit$/);
    const id = new URL(page.url()).pathname.split('/')[2] ?? '';
    const writer = new Writer(facilitator, id);
    await expect(writer.text).toBeVisible();
    return writer;
  }

  /** Opens a codelab that is there. */
  static async open(facilitator: Facilitator, codelab: string): Promise<Writer> {
    await facilitator.page.goto(`${facilitator.url}/codelabs/${codelab}/edit`);
    const writer = new Writer(facilitator, codelab);
    await expect(writer.text).toBeVisible();
    return writer;
  }

  get text(): Locator {
    return this.page.getByRole('textbox', { name: say('editor_text_label') });
  }

  get preview(): Locator {
    return this.page.getByRole('region', { name: say('editor_preview'), exact: true }).first();
  }

  /** The steps in the list, in order. */
  get steps(): Locator {
    return this.page.locator('[data-step]');
  }

  async hasSteps(titles: readonly string[]): Promise<void> {
    const numbered = titles.map(
      (title, index) => new RegExp(`^\\s*${String(index + 1)}\\s*${title}`),
    );
    await expect(this.steps).toHaveText(numbered);
  }

  /** Puts the cursor behind everything. */
  async toEnd(): Promise<void> {
    await this.text.focus();
    await this.page.keyboard.press('ControlOrMeta+End');
  }

  /** Puts the cursor behind some words that stand once in the text. */
  async behind(words: string): Promise<void> {
    await this.text.locator('.cm-line').filter({ hasText: words }).first().click();
    await this.page.keyboard.press('End');
  }

  async insert(
    key: 'editor_insert_quiz' | 'editor_insert_maths' | 'editor_insert_diagram',
  ): Promise<void> {
    await this.page.getByRole('button', { name: say('editor_insert'), exact: true }).click();
    await this.page.getByRole('menuitem', { name: say(key), exact: true }).click();
    await expect(this.text).toBeFocused();
  }

  /** Pastes a picture, as after a screenshot; its bytes, as they were in the clipboard. */
  async pastePicture(name: string, size = { width: 300, height: 200 }): Promise<Buffer> {
    const given = { name, size };
    const bytes = await this.text.evaluate(async (field, { name: file, size: pixels }) => {
      const canvas = Object.assign(document.createElement('canvas'), pixels);
      const drawing = canvas.getContext('2d');
      if (drawing === null) throw new Error('nothing to draw with');
      drawing.fillStyle = '#2e7d32';
      drawing.fillRect(20, 20, 200, 100);
      const blob = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve, 'image/png');
      });
      if (blob === null) throw new Error('no picture');
      const url = await new Promise<string>((resolve) => {
        const reader = new FileReader();
        reader.addEventListener('load', () => {
          resolve(String(reader.result));
        });
        reader.readAsDataURL(blob);
      });
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([blob], file, { type: 'image/png' }));
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      field.dispatchEvent(paste);
      return url.slice(url.indexOf(',') + 1);
    }, given);
    return Buffer.from(bytes, 'base64');
  }

  /** Chooses something in the menu of a step. */
  async choose(
    title: string,
    key:
      | 'editor_delete_step'
      | 'editor_merge_next'
      | 'editor_move_down'
      | 'editor_move_up'
      | 'editor_split_here',
  ): Promise<void> {
    await this.page.getByRole('button', { name: say('editor_more_for', { title }) }).click();
    await this.page.getByRole('menuitem', { name: say(key) }).click();
  }

  /** Everything typed is on the server's disk. */
  async isKept(): Promise<void> {
    await expect(this.page.locator('[data-state="saved"]')).toBeVisible();
  }

  async save(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+s');
  }

  /** A revision was made of it. */
  async isRevision(revision: number): Promise<void> {
    const words = say('editor_saved_revision', { revision, time: '' });
    await expect(this.page.locator('[data-state="nothing"]')).toContainText(words);
  }

  kept(): Promise<Kept> {
    return this.facilitator.get<Kept>(`/codelabs/${this.codelab}/source`);
  }
}
