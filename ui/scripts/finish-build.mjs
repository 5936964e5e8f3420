/**
 * The last step of `npm run build`: makes build/ fit the server's content security policy and the
 * air of a crowded room.
 *
 * 1. SvelteKit's inline start script and static/theme.js become one file with a hashed name.
 * 2. The page is refused if anything inline, or from another machine, is left in it.
 * 3. A .gz lies beside every file that gets smaller by it (plain http:// gets gzip only); what
 *    every browser in the room fetches first is packed with zopfli, some 4 % smaller than zlib can.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gunzipSync, gzipSync } from 'node:zlib';

import zopfli from '@gfx/zopfli';
import { minify } from 'vite';

const BUILD = fileURLToPath(new URL('../build/', import.meta.url));
const PAGE = join(BUILD, 'index.html');
const IMMUTABLE = '_app/immutable';
const THEME_TAG = '<script src="/theme.js"></script>';
const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.webmanifest']);

const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>\s*/g;
const FORBIDDEN = [
  { what: 'an inline script', pattern: /<script(?![^>]*\ssrc=)/i },
  { what: 'an inline style sheet', pattern: /<style[\s>]/i },
  { what: 'a style attribute', pattern: /\sstyle=/i },
  { what: 'an event handler', pattern: /\son[a-z]+=/i },
  { what: 'something from another machine', pattern: /(?:src|href)="(?:[a-z]+:)?\/\//i },
];

/**
 * @param {string} why
 * @returns {never}
 */
function refuse(why) {
  throw new Error(`build/index.html: ${why}`);
}

/**
 * Moves every script of the page into one file of its own.
 *
 * @param {string} page
 */
async function externalise(page) {
  const inline = [...page.matchAll(INLINE_SCRIPT)].map((match) => match[1] ?? '');
  const [start] = inline;
  if (start === undefined || inline.length !== 1) {
    refuse(
      `expected SvelteKit’s start script alone, found ${String(inline.length)} inline scripts`,
    );
  }
  const mount = start.replace(
    'document.currentScript.parentElement',
    "document.getElementById('app')",
  );
  if (mount === start) refuse('SvelteKit’s start script looks different: adapt finish-build.mjs');
  if (!page.includes(THEME_TAG)) refuse(`${THEME_TAG} is missing`);

  const theme = join(BUILD, 'theme.js');
  const source = `${readFileSync(theme, 'utf8')}\naddEventListener('DOMContentLoaded', () => {${mount}});`;
  const { code } = await minify('boot.js', source, { module: false });
  const hash = createHash('sha256').update(code).digest('base64url').slice(0, 8);
  const name = `${IMMUTABLE}/boot.${hash}.js`;
  writeFileSync(join(BUILD, name), code);
  rmSync(theme);
  return page
    .replaceAll(INLINE_SCRIPT, '')
    .replace(THEME_TAG, `<script src="/${name}"></script>`)
    .replaceAll(/\n\s*/g, '\n');
}

/** @param {string} page */
function inspect(page) {
  for (const { what, pattern } of FORBIDDEN) {
    if (pattern.test(page)) refuse(`${what} is left (${pattern.source})`);
  }
  for (const [, address] of page.matchAll(/(?:src|href)="([^"]+)"/g)) {
    if (!address?.startsWith('/')) refuse(`${String(address)} is not an absolute path`);
    if (!existsSync(join(BUILD, address))) refuse(`${address} does not exist`);
  }
}

/**
 * Writes the .gz beside a file, if it is smaller.
 *
 * @param {string} file
 * @param {boolean} isFirst whether every browser fetches it first
 */
async function compress(file, isFirst) {
  const plain = readFileSync(file);
  const small = isFirst
    ? Buffer.from(await zopfli.gzipAsync(plain, { numiterations: 15 }))
    : gzipSync(plain, { level: constants.Z_BEST_COMPRESSION, memLevel: 9 });
  if (!gunzipSync(small).equals(plain)) refuse(`${file} does not unpack to what it was`);
  if (small.length < plain.length) writeFileSync(`${file}.gz`, small);
}

/**
 * The files a browser fetches before the first route runs.
 *
 * @param {string} page
 */
function firstLoad(page) {
  const files = ['/index.html'];
  for (const [, address] of page.matchAll(/<(?:script|link)[^>]*?(?:src|href)="([^"]+)"/g)) {
    if (address !== undefined) files.push(address);
  }
  return files;
}

const page = await externalise(readFileSync(PAGE, 'utf8'));
inspect(page);
writeFileSync(PAGE, page);

const first = firstLoad(page);
for (const entry of readdirSync(BUILD, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !COMPRESSIBLE.has(extname(entry.name))) continue;
  const file = join(entry.parentPath, entry.name);
  await compress(file, first.includes(`/${relative(BUILD, file).replaceAll(sep, '/')}`));
}

let total = 0;
for (const name of first) {
  const file = join(BUILD, name);
  const { size } = statSync(existsSync(`${file}.gz`) ? `${file}.gz` : file);
  total += size;
  console.log(`${String(size).padStart(7)}  ${name}`);
}
console.log(
  `${String(total).padStart(7)}  bytes (gzip) before the first route runs, ${String(first.length)} requests`,
);
