/**
 * Builds the page that draws diagrams (src/diagrams), for itself: it shares nothing with the
 * interface, and its files are fetched by nobody who reads no diagram. The larger kinds of diagram
 * are chunks of their own, fetched when one is drawn. The same once more as one script, for the
 * pages that codelabs are exported as (crates/codelab/src/export/page.rs).
 */
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

const root = fileURLToPath(new URL('../src/diagrams/', import.meta.url));

const outDir = fileURLToPath(new URL('../build/', import.meta.url));

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: false,
    assetsDir: '_app/immutable/diagrams',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: `${root}diagrams.html` },
  },
});

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir,
    emptyOutDir: false,
    reportCompressedSize: false,
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
