import { readFileSync } from 'node:fs';

import adapter from '@sveltejs/adapter-static';

/** @type {unknown} */
const manifest = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'));
const { version } = /** @type {{ version: string }} */ (manifest);

/** @type {import('@sveltejs/kit').Config} */
const config = {
  compilerOptions: { runes: true, discloseVersion: false },
  kit: {
    adapter: adapter({ fallback: 'index.html' }),
    // The page may be asked for under any path; every address in it starts at the root.
    paths: { relative: false },
    // One entry for the room's browsers; vite/attendee-bundle.ts splits the facilitator's routes off it.
    output: { bundleStrategy: 'single' },
    // Same sources, same bytes: a build does not carry its time.
    version: { name: version },
  },
};

export default config;
