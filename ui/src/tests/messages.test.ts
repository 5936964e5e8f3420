import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Settings {
  baseLocale: string;
  locales: string[];
  'plugin.inlang.messageFormat': { pathPattern: string[] };
}

const settings = JSON.parse(readFileSync('project.inlang/settings.json', 'utf8')) as Settings;
const patterns = settings['plugin.inlang.messageFormat'].pathPattern;

function load(pattern: string, locale: string): Record<string, string> {
  const file = pattern.replace('{locale}', locale);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
}

const placeholders = (text: string): string[] =>
  [...text.matchAll(/(?<!\\)\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe.each(patterns)('%s', (pattern) => {
  const base = load(pattern, settings.baseLocale);

  describe.each(settings.locales)('in %s', (locale) => {
    const messages = load(pattern, locale);

    test('has the same keys, sorted', () => {
      expect(Object.keys(messages)).toEqual(Object.keys(base).sort());
    });

    test('says something under every key', () => {
      const empty = Object.entries(messages).filter(([, text]) => text.trim() === '');
      expect(empty).toEqual([]);
    });

    test('uses the same placeholders', () => {
      for (const [key, text] of Object.entries(messages)) {
        expect(placeholders(text), key).toEqual(placeholders(base[key] ?? ''));
      }
    });
  });
});

test('no key is in two files', () => {
  const keys = patterns.flatMap((pattern) => Object.keys(load(pattern, settings.baseLocale)));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test('every message file is read', () => {
  for (const locale of settings.locales) {
    const files = readdirSync(`messages/${locale}`).map((name) => `./messages/{locale}/${name}`);
    expect(files.sort()).toEqual([...patterns].sort());
  }
});
