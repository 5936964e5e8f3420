import { beforeEach, expect, test } from 'vitest';

import { joinId, rememberedName, rememberedResumeCode, rememberSeat } from './remembered';

beforeEach(() => {
  localStorage.clear();
});

test('a wish to join keeps its id until there is a seat', () => {
  const first = joinId('w1');
  expect(joinId('w1')).toBe(first);
  expect(joinId('w2')).not.toBe(first);

  rememberSeat('w1', 'Ada', 'K7M3P-Q8RTX');
  expect(joinId('w1')).not.toBe(first);
});

test('the next visit knows the name and the resume code', () => {
  rememberSeat('w1', 'Ada', 'K7M3P-Q8RTX');
  expect(rememberedName()).toBe('Ada');
  expect(rememberedResumeCode('w1')).toBe('K7M3P-Q8RTX');
  expect(rememberedResumeCode('w2')).toBeNull();
});

test('a resumed seat keeps the code it came with', () => {
  rememberSeat('w1', 'Ada', 'K7M3P-Q8RTX');
  rememberSeat('w1', 'Ada');
  expect(rememberedResumeCode('w1')).toBe('K7M3P-Q8RTX');
});
