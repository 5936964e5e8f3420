import { describe, expect, test } from 'vitest';

import { codeIn, groupedCode, JOIN_CODE, plainCode, RESUME_CODE, typedCode } from './code';

describe('a code in a fragment', () => {
  test.each([
    ['K7MPQR', 'K7MPQR'],
    ['k7m-pqr', 'K7MPQR'],
    ['http://192.168.1.20/#k7mpqr', 'K7MPQR'],
  ])('%s is read', (text, code) => {
    expect(codeIn(text, JOIN_CODE)).toBe(code);
  });

  test.each(['', 'content', 'K7MPQ', 'K7MPQRT', 'K7MPQ1', 'K7MPQ가'])('%s is none', (text) => {
    expect(codeIn(text, JOIN_CODE)).toBeNull();
  });

  test('a resume code is no join code', () => {
    expect(codeIn('K7M3P-Q8RTX', RESUME_CODE)).toBe('K7M3PQ8RTX');
    expect(codeIn('K7M3P-Q8RTX', JOIN_CODE)).toBeNull();
  });
});

test('codes are shown in groups', () => {
  expect(groupedCode('K7MPQR', JOIN_CODE)).toBe('K7M PQR');
  expect(groupedCode('K7M3PQ8RTX', RESUME_CODE)).toBe('K7M3P Q8RTX');
  expect(groupedCode('K7M', JOIN_CODE)).toBe('K7M');
});

test('what looks like a mistake is kept for the server to refuse', () => {
  expect(plainCode(' o0 1-l ')).toBe('O01L');
});

describe('typing', () => {
  test.each([
    ['k', 1, 'K', 1],
    ['k7mp', 4, 'K7M P', 5],
    ['K7M PQR', 2, 'K7M PQR', 2],
    ['K7XM PQR', 3, 'K7X MPQ', 3],
    ['k7m-pqr-too-long', 16, 'K7M PQR', 7],
    ['', 0, '', 0],
  ])('%s with the cursor at %i', (typed, cursor, text, place) => {
    expect(typedCode(typed, cursor, JOIN_CODE)).toEqual({ text, cursor: place });
  });
});
