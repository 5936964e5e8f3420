import { beforeEach, expect, test } from 'vitest';

import { Draft } from './draft.svelte';

beforeEach(() => {
  localStorage.clear();
});

test('a draft outlives the page', () => {
  new Draft('help.w1').text = 'git: command not found';
  expect(new Draft('help.w1').text).toBe('git: command not found');
});

test('drafts do not mix', () => {
  new Draft('help.w1').text = 'one';
  expect(new Draft('help.w2').text).toBe('');
});

test('what was sent leaves nothing behind', () => {
  const draft = new Draft('help.w1');
  draft.text = 'sent';
  draft.text = '';
  expect(new Draft('help.w1').text).toBe('');
  expect(localStorage).toHaveLength(0);
});
