import { expect, test } from 'vitest';

import { textToCopy } from './console-copy';

function copied(html: string): string {
  const code = document.createElement('code');
  code.innerHTML = html;
  return textToCopy(code);
}

test('a terminal is copied without prompts and answers', () => {
  expect(
    copied(
      '<span class="prompt">$ </span>git init\n<span class="out">Initialized\n</span>' +
        '<span class="prompt">$ </span>git status\n<span class="out">On branch main</span>',
    ),
  ).toBe('git init\ngit status');
});

test('a terminal without prompts is copied as it is', () => {
  expect(copied('# a comment\n&gt; quoted\n')).toBe('# a comment\n> quoted\n');
});

test('a diff is copied as the code that it ends with', () => {
  expect(
    copied(
      '<span class="line place">@@ -1 +1 @@\n</span><span class="line del" data-n="">a\n</span>' +
        '<span class="line ins" data-n="1"><span class="hk">b</span>\n</span><span class="line" data-n="2">c</span>',
    ),
  ).toBe('b\nc');
});

test('numbers are not copied', () => {
  expect(
    copied('<span class="line mark" data-n="9">a\n</span><span class="line" data-n="10">\n</span>'),
  ).toBe('a\n\n');
});
