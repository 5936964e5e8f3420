import { defineConfig } from '@playwright/test';

import { CHROMIUM } from './support/chromium.ts';

export default defineConfig({
  testDir: 'specs',
  globalSetup: './support/library.ts',
  outputDir: 'results',
  fullyParallel: true,
  forbidOnly: Boolean(process.env['CI']),
  // A test that fails once has failed.
  retries: 0,
  // Each worker runs a server and several browsers.
  workers: 2,
  timeout: 120_000,
  reporter: [['list'], ['json', { outputFile: 'results/report.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: CHROMIUM,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
  },
});
