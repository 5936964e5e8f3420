import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const FILES = ['src/styles/tokens.css', 'src/lib/features/steps/highlight.css'];
const PAPERS = ['canvas', 'surface', 'sunken'];
const STATUSES = ['accent', 'positive', 'negative', 'waiting', 'live'];
const CODE = ['comment', 'string', 'number', 'keyword', 'function', 'type', 'tag'];

type Tokens = Record<string, string>;

/** The custom properties that hold when the root has these attributes, in the cascade's order. */
function tokens(...attributes: string[]): Tokens {
  const found: Tokens = {};
  for (const file of FILES) {
    for (const [, conditions = '', body = ''] of readFileSync(file, 'utf8').matchAll(
      /:root((?:\[[^\]]+\])*) \{([^}]*)\}/g,
    )) {
      const needed = [...conditions.matchAll(/\[([^\]]+)\]/g)].map((match) => match[1] ?? '');
      if (!needed.every((condition) => attributes.includes(condition))) continue;
      for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+): (#\w{6});/g)) {
        found[name] = value;
      }
    }
  }
  return found;
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Every pair of text and paper that the components use. */
function pairs(): [string, string][] {
  return [
    ...PAPERS.flatMap((paper): [string, string][] =>
      ['ink', 'ink-soft', ...STATUSES].map((text) => [text, paper]),
    ),
    ...STATUSES.flatMap((status): [string, string][] => [
      [status, `${status}-soft`],
      ['ink', `${status}-soft`],
      [`on-${status}`, status],
    ]),
    ['on-accent', 'accent-hover'],
    ...CODE.map((kind): [string, string] => [`code-${kind}`, 'sunken']),
  ];
}

describe.each([
  ['light', ["data-theme='light'"], 4.5],
  ['dark', ["data-theme='dark'"], 4.5],
  ['light, high contrast', ["data-theme='light'", "data-contrast='more'"], 7],
  ['dark, high contrast', ["data-theme='dark'", "data-contrast='more'"], 7],
])('%s', (_, attributes, text) => {
  const colours = tokens(...attributes);

  test.each(pairs())('%s is readable on %s', (ink, paper) => {
    expect(contrast(colours[ink] ?? '', colours[paper] ?? '')).toBeGreaterThanOrEqual(text);
  });

  // WCAG 2.2, 1.4.11: what a control is recognised by has 3:1.
  test.each(PAPERS.flatMap((paper) => ['line-strong', 'focus'].map((edge) => [edge, paper])))(
    '%s is visible on %s',
    (edge, paper) => {
      expect(contrast(colours[edge] ?? '', colours[paper] ?? '')).toBeGreaterThanOrEqual(3);
    },
  );
});

test('a contrast that WCAG gives as an example', () => {
  expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
