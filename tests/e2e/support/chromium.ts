/** How Chromium is started: quiet, offline, and sent to this machine by a name of its own. */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * The name by which attendees' browsers reach the server. Browsers trust loopback addresses and
 * `localhost`; a name under `.local` they never do, so pages from it are no secure context, as on
 * the Wi-Fi of a room.
 */
export const MACHINE = `${(hostname().split('.')[0] ?? 'localhost').toLowerCase()}.local`;

function executable(): string {
  const named = process.env['CHROMIUM'];
  const found = named ?? PLACES.find((path) => existsSync(path));
  if (found === undefined) {
    throw new Error('Chromium was not found; install it, or name it in the variable CHROMIUM');
  }
  return found;
}

/** For Playwright's `launch` and `launchOptions`. */
export const CHROMIUM = {
  executablePath: executable(),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--disable-quic',
    `--host-resolver-rules=MAP ${MACHINE} 127.0.0.1`,
  ],
};
