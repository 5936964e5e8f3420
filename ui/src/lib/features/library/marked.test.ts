import { expect, test } from 'vitest';

import { marked } from './marked';

const found = (text: string, search: string): string =>
  marked(text, search)
    .map((portion) => (portion.isFound ? `[${portion.text}]` : portion.text))
    .join('');

test('every place that has one of the words is found', () => {
  expect(found('Use Git rebase, git!', 'rebase git')).toBe('Use [Git] [rebase], [git]!');
  expect(found('저장소를 만든다', '장소')).toBe('저[장소]를 만든다');
  expect(found('nothing', 'x')).toBe('nothing');
  expect(found('all', '  ')).toBe('all');
  expect(found('rebase', 're rebase')).toBe('[rebase]');
});

test('signs that mean something in a pattern are only signs', () => {
  expect(found('a.b (c) [d] {e} $5 1-2', '(c) $5 . -')).toBe('a[.]b [(c)] [d] {e} [$5] 1[-]2');
});
