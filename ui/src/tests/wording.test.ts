/** Words on screen come from messages: no component may carry its own. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, type AST } from 'svelte/compiler';
import { expect, test } from 'vitest';

/** Attributes that a person sees or hears. */
const SPOKEN = new Set([
  'alt',
  'aria-description',
  'aria-label',
  'aria-roledescription',
  'aria-valuetext',
  'confirmLabel',
  'hint',
  'label',
  'placeholder',
  'subtitle',
  'text',
  'title',
]);

const LETTER = /\p{L}/u;

interface Node {
  type: string;
  [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

/** Every piece of text with letters in a component's template. */
export function ownWords(source: string): string[] {
  const root: AST.Root = parse(source, { modern: true });
  const found: string[] = [];

  const visit = (value: unknown, spoken: boolean): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, spoken);
      return;
    }
    if (!isNode(value)) return;
    if (value.type === 'Text' && spoken && LETTER.test(String(value['data']))) {
      found.push(String(value['data']).trim());
    }
    if (value.type === 'Attribute') {
      visit(value['value'], SPOKEN.has(String(value['name'])));
      return;
    }
    if (value.type === 'StyleDirective') return;
    if (value.type === 'RegularElement' && ['style', 'script'].includes(String(value['name'])))
      return;
    for (const [key, child] of Object.entries(value)) {
      if (key !== 'metadata' && key !== 'parent') visit(child, spoken);
    }
  };

  visit(root.fragment.nodes, true);
  return found;
}

const components = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.svelte'))
  .map((name) => join('src', name));

test.each(components)('%s has no words of its own', (file) => {
  expect(ownWords(readFileSync(file, 'utf8'))).toEqual([]);
});

test('words are found where they hide', () => {
  const source = `<script>const a = 'fine';</script>
    <p class="fine">One {#if a}<b title="Two">{a} · 3</b>{:else}Three{/if}</p>
    {#each [1] as n (n)}<X label="Four" id="fine" />{/each}`;
  expect(ownWords(source)).toEqual(['One', 'Two', 'Three', 'Four']);
});
