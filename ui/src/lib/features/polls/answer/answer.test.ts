import { expect, test } from 'vitest';

import type { PollForm, PollKind } from '$lib/api/wire';

import { finished, isSame, TEXT_MAX } from './answer';

const asked = (kind: PollKind): PollForm => ({ question: 'Why?', kind });

test('an answer is finished when there is something to send', () => {
  expect(finished(asked('single'), undefined)).toBeNull();
  expect(finished(asked('multiple'), { options: [] })).toBeNull();
  expect(finished(asked('multiple'), { options: [2, 0] })).toEqual({ options: [0, 2] });
  expect(finished(asked('scale'), { scale: 3 })).toEqual({ scale: 3 });
  expect(finished(asked('text'), { text: '  ' })).toBeNull();
  expect(finished(asked('text'), { text: ' yes ' })).toEqual({ text: 'yes' });
  expect(finished(asked('text'), { text: 'x'.repeat(TEXT_MAX + 1) })).toBeNull();
  expect(finished(asked('words'), { words: ['', ' '] })).toBeNull();
  expect(finished(asked('words'), { words: ['', ' git ', 'merge'] })).toEqual({
    words: ['git', 'merge'],
  });
});

test('answers are the same whatever order their parts are named in', () => {
  expect(isSame({ options: [1] }, { options: [1] })).toBe(true);
  expect(isSame({ options: [1] }, { options: [2] })).toBe(false);
  expect(isSame(null, { scale: 1 })).toBe(false);
});
