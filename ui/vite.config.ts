import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { svelteTesting } from '@testing-library/svelte/vite';
import { defineConfig } from 'vitest/config';

import { attendeeBundle } from './vite/attendee-bundle.ts';
import { leanIcons } from './vite/lean-icons.ts';
import { strictCsp } from './vite/strict-csp.ts';

/** The server that answers `/api` while `npm run dev` serves the pages. */
const server = process.env['CODELABS_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      // The language is chosen in src/lib/browser/locale.svelte.ts.
      strategy: ['globalVariable', 'baseLocale'],
      emitReadme: false,
    }),
    tailwindcss(),
    leanIcons(),
    strictCsp(),
    sveltekit(),
    attendeeBundle(),
    svelteTesting(),
  ],
  build: {
    // A data: address would be bytes that cannot be cached on their own.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: {
    proxy: { '/api': { target: server, ws: true } },
  },
  test: {
    include: ['src/**/*.test.ts'],
    environment: 'happy-dom',
    retry: 0,
  },
});
