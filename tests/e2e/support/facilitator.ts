/** Who runs the workshop, with a browser of their own on the machine itself. */
import type { Locator, Page } from '@playwright/test';

import { expect } from './expect.ts';
import { say } from './words.ts';
import type { CodelabPage, Lobby, Snapshot, WorkshopSummary } from './wire.ts';

export class Facilitator {
  constructor(
    readonly page: Page,
    readonly url: string,
  ) {}

  /** Opens the link that the program printed, and is in the library. */
  async enter(link: string): Promise<void> {
    await this.page.goto(link);
    await expect(this.page.getByRole('heading', { name: say('frame_library') })).toBeVisible();
  }

  /** Asks the server with this browser's rights. */
  async get<T>(path: string): Promise<T> {
    const response = await this.page.request.get(`${this.url}/api/v1${path}`);
    expect(response.ok(), `${path} answers ${String(response.status())}`).toBe(true);
    return (await response.json()) as T;
  }

  async post<T>(path: string, data: unknown = {}): Promise<T> {
    const response = await this.page.request.post(`${this.url}/api/v1${path}`, { data });
    expect(response.ok(), `${path} answers ${String(response.status())}`).toBe(true);
    return (await response.json()) as T;
  }

  /** Starts a workshop behind the scenes, with codelabs of these titles. */
  async startWorkshop(titles: readonly string[], codeRequired = true): Promise<WorkshopSummary> {
    const { items } = await this.get<CodelabPage>('/codelabs');
    const codelabs = titles.map((title) => {
      const found = items.find((codelab) => codelab.title === title);
      if (!found) throw new Error(`${title} is not in the library`);
      return found.id;
    });
    return this.post<WorkshopSummary>('/workshops', { codelabs, codeRequired });
  }

  lobby(workshop: string): Promise<Lobby> {
    return this.get<Lobby>(`/workshops/${workshop}/lobby`);
  }

  snapshot(workshop: string): Promise<Snapshot> {
    return this.get<Snapshot>(`/workshops/${workshop}/snapshot`);
  }

  // --- the library ---

  card(title: string): Locator {
    return this.page.getByRole('article', { name: title });
  }

  /** Presses "Start workshop" in the dialog; the lobby appears. */
  async confirmStart(): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: say('start_title') });
    await dialog.getByRole('button', { name: say('library_start'), exact: true }).click();
    await expect(this.page).toHaveURL(/\/workshops\/[^/]+\/lobby$/);
  }

  /** Uploads through the browser's own field, as "Import codelab…" does. */
  async upload(kind: 'import_file' | 'import_folder', paths: string | string[]): Promise<void> {
    const asked = this.page.waitForEvent('filechooser');
    await this.page
      .getByRole('button', { name: say('import_button') })
      .first()
      .click();
    await this.page.getByRole('menuitem', { name: say(kind) }).click();
    await (await asked).setFiles(paths);
  }

  // --- the room ---

  async openRoom(workshop: string): Promise<void> {
    await this.page.goto(`${this.url}/workshops/${workshop}`);
    await expect(this.board).toBeVisible();
  }

  get board(): Locator {
    return this.page.getByRole('region', { name: say('board_label') });
  }

  /** Somebody's row on the board. */
  row(name: string): Locator {
    const title = this.page.getByRole('rowheader').getByText(name, { exact: true });
    return this.board.getByRole('row').filter({ has: title });
  }

  /** What the board says about somebody and a step, counted from 1. */
  cell(name: string, position: number): Locator {
    return this.row(name)
      .getByRole('cell')
      .nth(position - 1);
  }

  /** Somebody is at a step, counted from 1. */
  async sees(name: string, position: number): Promise<void> {
    await expect(this.cell(name, position)).toContainText(say('board_cell_here'));
  }

  async isOnline(name: string, online: boolean): Promise<void> {
    const words = say(online ? 'board_is_online' : 'board_is_offline');
    await expect(this.row(name).getByRole('rowheader')).toContainText(words);
  }

  /** Opens somebody's sheet from their row. */
  async look(name: string): Promise<Locator> {
    await this.row(name).getByRole('button').click();
    return this.page.getByRole('dialog', { name });
  }

  /** Shows those of one figure of the board. */
  async filter(
    key: 'board_filter_stuck' | 'board_filter_waiting' | 'board_filter_away',
  ): Promise<void> {
    const chips = this.board.getByRole('group', { name: say('board_filter') });
    await chips.getByRole('button', { name: new RegExp(`^${say(key)}`) }).click();
  }

  async openTab(key: 'queue_label' | 'board_chat_tab'): Promise<void> {
    await this.page.getByRole('tab', { name: new RegExp(`^${say(key)}`) }).click();
  }

  /** Somebody's card in the help queue. */
  request(name: string): Locator {
    const heading = this.page.getByRole('heading', { level: 3, name, exact: true });
    return this.page.getByRole('article').filter({ has: heading });
  }

  async claim(name: string): Promise<void> {
    await this.request(name)
      .getByRole('button', { name: say('queue_claim') })
      .click();
    await expect(this.request(name)).toContainText(say('queue_yours'));
  }

  /** All cards of the help queue, in order. */
  get requests(): Locator {
    const queue = this.page.getByRole('region', { name: say('queue_label'), exact: true });
    return queue.getByRole('article');
  }

  async handBack(name: string): Promise<void> {
    await this.request(name)
      .getByRole('button', { name: say('queue_hand_back') })
      .click();
    await expect(this.request(name)).toContainText(say('queue_handed_back'));
  }

  /** Who was helped last; out of sight until it is opened. */
  get recentlyHelped(): Locator {
    return this.page.getByRole('group').filter({ hasText: say('queue_recent') });
  }

  /** A figure above the help queue. */
  figure(key: 'queue_figure_helped' | 'queue_figure_waiting'): Locator {
    const label = this.page.getByText(say(key), { exact: true });
    return this.page.locator('dl > div').filter({ has: label }).getByRole('definition');
  }

  async resolve(name: string): Promise<void> {
    await this.request(name)
      .getByRole('button', { name: say('queue_resolve') })
      .click();
    await expect(this.request(name)).toHaveCount(0);
  }

  get chat(): Locator {
    return this.page.getByRole('log', { name: say('chat_title') });
  }

  async say(text: string): Promise<void> {
    await this.openTab('board_chat_tab');
    await this.page.getByLabel(say('chat_message_label')).fill(text);
    await this.page.getByLabel(say('chat_message_label')).press('Enter');
  }

  async announce(text: string): Promise<void> {
    await this.page.getByRole('button', { name: say('announce_button') }).click();
    const dialog = this.page.getByRole('dialog', { name: say('announce_title') });
    await dialog.getByLabel(say('announce_label')).fill(text);
    await dialog.getByRole('button', { name: say('announce_send') }).click();
    await expect(dialog).toBeHidden();
  }

  async endWorkshop(title: string): Promise<void> {
    await this.page.getByRole('button', { name: say('end_button') }).click();
    const question = this.page.getByRole('alertdialog', { name: say('end_title', { title }) });
    await question.getByRole('button', { name: say('end_button') }).click();
    await expect(question).toBeHidden();
  }
}
