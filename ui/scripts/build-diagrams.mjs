/**
 * Builds the page that draws diagrams (src/diagrams), for itself: it shares nothing with the
 * interface, and its files are fetched by nobody who reads no diagram. The larger kinds of diagram
 * are chunks of their own, fetched when one is drawn.
 */
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

const root = fileURLToPath(new URL('../src/diagrams/', import.meta.url));

await build({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  build: {
    outDir: fileURLToPath(new URL('../build/', import.meta.url)),
    emptyOutDir: false,
    assetsDir: '_app/immutable/diagrams',
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: `${root}diagrams.html` },
  },
});
