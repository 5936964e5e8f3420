/** A live workshop and the people in it. */
import { type Browser, type BrowserContextOptions, type Page } from '@playwright/test';

import { Attendee } from './attendee.ts';
import type { Codelabs } from './codelabs.ts';
import type { Facilitator } from './facilitator.ts';
import type { Watch } from './watch.ts';
import type { AgendaCodelab, WorkshopSummary } from './wire.ts';

/** Opens browsers that share nothing but the machine. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<Page>;

/** Each page is a person with a fresh profile, and is watched. */
export function pageOpener(browser: Browser, watch: Watch): OpenPage {
  return async (options = {}) => {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    watch.follow(context);
    return context.newPage();
  };
}

export class Room {
  private constructor(
    readonly server: Codelabs,
    readonly facilitator: Facilitator,
    readonly workshop: WorkshopSummary,
    readonly code: string,
    readonly agenda: readonly AgendaCodelab[],
    readonly open: OpenPage,
  ) {}

  /** Starts a workshop with codelabs of these titles. */
  static async start(
    server: Codelabs,
    facilitator: Facilitator,
    titles: readonly string[],
    open: OpenPage,
  ): Promise<Room> {
    const workshop = await facilitator.startWorkshop(titles);
    return Room.of(server, facilitator, workshop, open);
  }

  /** A workshop that runs already. */
  static async of(
    server: Codelabs,
    facilitator: Facilitator,
    workshop: WorkshopSummary,
    open: OpenPage,
  ): Promise<Room> {
    const { joinCode } = await facilitator.lobby(workshop.id);
    const { agenda } = await facilitator.snapshot(workshop.id);
    return new Room(server, facilitator, workshop, joinCode, agenda, open);
  }

  /** What the QR code leads to. */
  get link(): string {
    return `${this.server.url}/#${this.code}`;
  }

  /** The titles of the steps of one codelab of the agenda. */
  steps(codelab = 0): string[] {
    return this.agenda[codelab]?.steps.map(({ title }) => title) ?? [];
  }

  /** The title of a step, counted from 1. */
  step(position: number, codelab = 0): string {
    const title = this.steps(codelab)[position - 1];
    if (title === undefined) throw new Error(`there is no step ${String(position)}`);
    return title;
  }

  /** The address of a step, counted from 1. */
  address(position: number, codelab = 0): string {
    const found = this.agenda[codelab];
    const step = found?.steps[position - 1];
    if (!found || !step) throw new Error(`there is no step ${String(position)}`);
    return `${this.server.url}/w/${this.workshop.id}/${found.codelab}/${step.step}`;
  }

  /** Scans the QR code, gives a name, and reads the first step. */
  async join(name: string, options?: BrowserContextOptions): Promise<Attendee> {
    const attendee = new Attendee(await this.open(options), name);
    await attendee.page.goto(this.link);
    await attendee.giveName();
    await attendee.isAt(this.step(1));
    return attendee;
  }
}
