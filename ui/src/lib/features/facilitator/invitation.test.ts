import { expect, test } from 'vitest';

import { asksForName, invitedName, secretOf } from './invitation';

test('the secret stands behind the sharp', () => {
  expect(secretOf('#s3cret_-x')).toBe('s3cret_-x');
  expect(secretOf('#')).toBeNull();
  expect(secretOf('')).toBeNull();
});

test('a link may know whom it is for', () => {
  expect(secretOf('#s3cret_-x&name=Grace')).toBe('s3cret_-x');
  expect(invitedName('#s3cret&name=%EA%B9%80%20%26%20Co')).toBe('김 & Co');
  expect(invitedName('#s3cret')).toBeNull();
  expect(invitedName('#s3cret&name=')).toBeNull();
  expect(invitedName('#s3cret&name=%')).toBe('%');
});

test('only who comes over the network is asked for a name', () => {
  expect(asksForName('192.168.1.20', false)).toBe(true);
  expect(asksForName('codelabs.local', false)).toBe(true);
  expect(asksForName('127.0.0.1', false)).toBe(false);
  expect(asksForName('localhost', false)).toBe(false);
  expect(asksForName('[::1]', false)).toBe(false);
  expect(asksForName('192.168.1.20', true)).toBe(false);
  expect(asksForName('127.0.0.1.example', false)).toBe(true);
});
