/**
 * Builds the page that draws diagrams (src/diagrams), for itself: it shares nothing with the
 * interface, and its files are fetched by nobody who reads no diagram. The larger kinds of diagram
 * are chunks of their own, fetched when one is drawn. The same once more as one script, for the
 * pages that codelabs are exported as (crates/codelab/src/export/page.rs).
 */
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

const root = fileURLToPath(new URL('../src/diagrams/', import.meta.url));

/** @type {import('vite').InlineConfig} */
const config = { root, configFile: false, logLevel: 'warn', publicDir: false };

/** @type {import('vite').BuildEnvironmentOptions} */
const output = {
  outDir: fileURLToPath(new URL('../build/', import.meta.url)),
  emptyOutDir: false,
  reportCompressedSize: false,
};

await build({
  ...config,
  build: {
    ...output,
    assetsDir: '_app/immutable/diagrams',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: `${root}diagrams.html` },
  },
});

await build({
  ...config,
  build: {
    ...output,
    // Nothing is fetched, so nothing ahead of time either.
    modulePreload: false,
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: `${root}in-a-file.ts`,
      output: {
        format: 'iife',
        entryFileNames: 'diagrams-in-a-file.js',
        codeSplitting: false,
      },
    },
  },
});
