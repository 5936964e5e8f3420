/** The facilitator at the desktop app: the same words as on the screen, in the real window. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { CodelabDetail } from '../support/wire.ts';
import { say, type Key } from '../support/words.ts';
import type { App } from './app.ts';
import { eventually, type Element, type Session } from './web-driver.ts';

/** A text as XPath's string literal. */
function literal(text: string): string {
  if (!text.includes('"')) return `"${text}"`;
  return `concat(${text
    .split('"')
    .map((part) => `"${part}"`)
    .join(`, '"', `)})`;
}

const named = (name: string): string =>
  `[normalize-space(.)=${literal(name)} or @aria-label=${literal(name)}]`;
const button = (name: string): string =>
  `//*[self::button or self::a or @role="menuitem"]${named(name)}`;
const dialog = (title: string): string =>
  `//*[(@role="dialog" or @role="alertdialog") and .//*[normalize-space(.)=${literal(title)}]]`;

/** The list of a codelab's steps in the library. */
const STEPS = `//nav[@aria-label=${literal(say('codelab_steps'))}]//li`;

/** A rendered step. */
export const PROSE = '//*[contains(@class, "prose-step")]';

/** The text of a codelab that is written. */
const TEXT = '//*[contains(@class, "cm-content")]';

export class Desk {
  constructor(readonly app: App) {}

  get window(): Session {
    return this.app.window;
  }

  async press(key: Key, within = ''): Promise<void> {
    await (await this.window.find(within + button(say(key)))).click();
  }

  /** Is in the library, and it is drawn. */
  async isInLibrary(): Promise<void> {
    await this.window.find(`//h1${named(say('frame_library'))}`);
    await this.window.find('//article//h2');
  }

  /** The titles of the codelabs on the shelf. */
  async titles(): Promise<string[]> {
    const headings = await this.window.all('//article//h2');
    return Promise.all(headings.map((heading) => heading.text()));
  }

  /** Opens the native dialog for a file. */
  async chooseFile(): Promise<void> {
    await this.press('import_button');
    await this.press('import_file');
  }

  /** Opens the native dialog for a folder. */
  async chooseFolder(): Promise<void> {
    await this.press('import_button');
    await this.press('import_folder');
  }

  /** What the page says about an import. */
  outcome(title: Key): Promise<Element> {
    return this.window.find(dialog(say(title)));
  }

  async closeOutcome(): Promise<void> {
    const close = `//*[@role="dialog"]//footer${button(say('common_close'))}`;
    await this.window.press(close);
    await this.window.isGone('//*[@role="dialog"]');
  }

  /** Follows the link to what was just imported; its steps are shown. */
  async openImported(): Promise<void> {
    await this.press('import_open', dialog(say('import_done_title')));
    await this.window.find(STEPS);
  }

  async goToLibrary(): Promise<void> {
    await this.press('frame_library');
    await this.isInLibrary();
  }

  /** The steps of the codelab that is open, as the library has them. */
  async steps(): Promise<{ title: string; minutes: number }[]> {
    const id = new URL(await this.window.address).pathname.split('/').at(-1) ?? '';
    const { steps } = await this.get<CodelabDetail>(`/codelabs/${id}`);
    return steps.map(({ title, minutes }) => ({ title, minutes: minutes ?? 0 }));
  }

  /** Looks at a step of the codelab that is open, counted from 1. */
  async showStep(position: number, title: string): Promise<void> {
    await this.window.press(`(${STEPS})[${String(position)}]//button`);
    await this.window.find(`//h2[@id="step-heading" and normalize-space(.)=${literal(title)}]`);
    await this.window.find(PROSE);
  }

  /** How many info boxes the step has that is looked at. */
  async boxes(): Promise<{ positive: number; negative: number }> {
    const count = async (kind: string): Promise<number> =>
      (await this.window.all(`${PROSE}//aside[contains(@class, "box-${kind}")]`)).length;
    return { positive: await count('positive'), negative: await count('negative') };
  }

  /** Starts a workshop from a codelab's card; answers its id. */
  async startWorkshop(title: string): Promise<string> {
    const card = `//article[.//h2[normalize-space(.)=${literal(title)}]]`;
    await this.press('library_start', card);
    await this.press('library_start', dialog(say('start_title')));
    return eventually('the lobby', async () => {
      const path = new URL(await this.window.address).pathname;
      return /^\/workshops\/([^/]+)\/lobby$/.exec(path)?.[1];
    });
  }

  /** Writes a codelab. */
  async openEditor(codelab: string): Promise<void> {
    const address = `http://127.0.0.1:${String(this.app.port)}/codelabs/${codelab}/edit`;
    await this.window.go(address);
    await this.window.find(TEXT);
  }

  /** The text that is written has these words. */
  async hasWritten(words: string): Promise<void> {
    await this.window.reads(TEXT, words);
  }

  async openRoom(workshop: string): Promise<void> {
    await this.window.go(`http://127.0.0.1:${String(this.app.port)}/workshops/${workshop}`);
    await this.window.find(`//section[@aria-label=${literal(say('board_label'))}]`);
  }

  /** Somebody is at a step, counted from 1, and the board says so. */
  async sees(name: string, position: number): Promise<void> {
    const row = `//*[@role="row"][*[@role="rowheader"]//*[normalize-space(.)=${literal(name)}]]`;
    await this.window.reads(`${row}/*[@role="cell"][${String(position)}]`, say('board_cell_here'));
  }

  /** Asks the server with the window's rights. */
  async get<T>(path: string): Promise<T> {
    const script = `
      const request = new XMLHttpRequest();
      request.open('GET', '/api/v1' + arguments[0], false);
      request.send();
      return JSON.parse(request.responseText);`;
    return this.window.run<T>(script, path);
  }

  async announce(text: string): Promise<void> {
    await this.press('announce_button');
    const box = dialog(say('announce_title'));
    await (await this.window.find(`${box}//textarea`)).type(text);
    await this.press('announce_send', box);
    await this.window.isGone(box);
  }

  async hears(text: string): Promise<void> {
    await this.#tab('board_chat_tab');
    await this.window.reads('//*[@role="log"]', text);
    await this.#tab('queue_label');
  }

  async claim(name: string, about: string): Promise<void> {
    await this.window.reads(this.#request(name), about);
    await this.press('queue_claim', this.#request(name));
    await this.window.reads(this.#request(name), say('queue_yours'));
  }

  async resolve(name: string): Promise<void> {
    await this.press('queue_resolve', this.#request(name));
    await this.window.isGone(this.#request(name));
  }

  async endWorkshop(title: string): Promise<void> {
    await this.press('end_button');
    const question = dialog(say('end_title', { title }));
    await this.press('end_button', question);
    await this.window.isGone(question);
  }

  /** Downloads the conversation; answers the file. */
  async keepConversation(title: string): Promise<string> {
    await this.#tab('board_chat_tab');
    await this.press('talk_tools');
    await this.window.press('//a[normalize-space(.)="CSV"]');
    return this.#downloaded(`${title}.csv`);
  }

  /** Downloads the list of who was there; answers the file. */
  async keepAttendance(workshop: string, title: string): Promise<string> {
    await this.window.go(`http://127.0.0.1:${String(this.app.port)}/workshops/${workshop}/report`);
    await this.press('report_download');
    await this.press('report_download_attendance');
    return this.#downloaded(`${title} - attendance.csv`);
  }

  /** A file is there, and the page says where. */
  async #downloaded(name: string): Promise<string> {
    const said = say('download_saved', { name, folder: this.app.downloads });
    await this.window.find(`//*[normalize-space(.)=${literal(said)}]`);
    return readFile(join(this.app.downloads, name), 'utf8');
  }

  #request(name: string): string {
    return `//article[.//h3[normalize-space(.)=${literal(name)}]]`;
  }

  async #tab(key: Key): Promise<void> {
    const tab = `//*[@role="tab" and starts-with(normalize-space(.), ${literal(say(key))})]`;
    await this.window.press(tab);
  }
}
