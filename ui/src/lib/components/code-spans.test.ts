import { expect, test } from 'vitest';

import { codeSpans, wordsIn } from './code-spans';

/** The same table stands in `crates/codelab/src/code_spans.rs`. */
const CASES = [
  ['plain <b>', 'plain &lt;b&gt;'],
  ['`a < b` is', '<code>a &lt; b</code> is'],
  ['a `b` c `d`', 'a <code>b</code> c <code>d</code>'],
  ['one ` only', 'one ` only'],
  ['``a ` b``', '<code>a ` b</code>'],
  ['`` ` ``', '<code>`</code>'],
  ['` `', '<code> </code>'],
  ['``a` b', '``a` b'],
  ['`a` ``b` c', '<code>a</code> ``b` c'],
] as const;

test.each(CASES)('code stands between backticks: %s', (written, html) => {
  const element = document.createElement('p');
  element.innerHTML = html;
  expect(codeSpans(written)).toEqual(wordsIn(element));
});

test('lines stay, but not in code', () => {
  expect(codeSpans('a\nb `c\nd`')).toEqual([
    { text: 'a\nb ', isCode: false },
    { text: 'c d', isCode: true },
  ]);
});
