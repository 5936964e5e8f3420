import { expect, test } from 'vitest';

import { fittingSize, shortAddress, spacedCode, spelledCode } from './address-text';

test('an address without what nobody types', () => {
  expect(shortAddress('http://192.168.1.20')).toBe('192.168.1.20');
  expect(shortAddress('http://codelabs.local:8080/')).toBe('codelabs.local:8080');
  expect(shortAddress('https://codelabs.example')).toBe('https://codelabs.example');
});

test('a code in two groups', () => {
  expect(spacedCode('K7M4QX')).toBe('K7M 4QX');
  expect(spacedCode('K7M4Q')).toBe('K7M 4Q');
  expect(spacedCode('K7M4')).toBe('K7M4');
  expect(spelledCode('K7M')).toBe('K 7 M');
});

test('the longer the address the smaller the type, and it fits its line', () => {
  const long = '192.168.100.200:8080';
  expect(fittingSize(long)).toBeLessThan(fittingSize('10.0.0.5'));
  expect(fittingSize(long) * long.length * 0.6).toBeLessThan(100);
});
