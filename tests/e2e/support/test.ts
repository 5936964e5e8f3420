/** Playwright's `test` with the people and the place of a workshop. */
import { test as base } from '@playwright/test';

import { Codelabs } from './codelabs.ts';
import { expect } from './expect.ts';
import { Facilitator } from './facilitator.ts';
import { freshLibrary } from './library.ts';
import { pageOpener, Room, type OpenPage } from './room.ts';
import { Watch } from './watch.ts';

export { expect };

/** The bundled codelabs. */
export const GIT = 'Git from zero';
export const PYTHON = 'Python basics: a guess-the-number game and beyond';
export const TOUR = 'Run your first workshop';

interface Settings {
  /** Where the server listens: on loopback, or on all addresses where a test needs one to show. */
  listenOn: string;
  /** Further options of its command line. */
  serveWith: string[];
}

interface Place {
  watch: Watch;
  /** A browser with a fresh profile. */
  open: OpenPage;
  server: Codelabs;
  /** In the library, on the machine itself. */
  facilitator: Facilitator;
  /** A live workshop with one codelab. */
  room: Room;
}

export const test = base.extend<Settings & Place>({
  listenOn: ['127.0.0.1', { option: true }],
  serveWith: [[], { option: true }],
  watch: [
    async ({}, use) => {
      const watch = new Watch();
      await use(watch);
      expect(watch.problems).toEqual([]);
    },
    { auto: true },
  ],
  open: async ({ browser, watch }, use) => {
    const contexts = new Set<{ close: () => Promise<void> }>();
    const open = pageOpener(browser, watch);
    await use(async (options) => {
      const page = await open(options);
      contexts.add(page.context());
      return page;
    });
    await Promise.all([...contexts].map((context) => context.close()));
  },
  server: async ({ listenOn, serveWith }, use) => {
    const server = await Codelabs.start(freshLibrary(), listenOn, serveWith);
    await use(server);
    await server.stop();
  },
  facilitator: async ({ server, open }, use) => {
    const url = `http://127.0.0.1:${String(server.port)}`;
    const facilitator = new Facilitator(await open(), url);
    await facilitator.enter(server.facilitatorLink);
    await use(facilitator);
  },
  room: async ({ server, facilitator, open }, use) => {
    await use(await Room.start(server, facilitator, [GIT], open));
  },
});
