import { afterEach, expect, test, vi } from 'vitest';

import * as storage from './storage';

afterEach(() => {
  vi.unstubAllGlobals();
  for (const key of storage.keys('')) storage.remove(key);
  localStorage.clear();
});

test('remembers, lists and forgets', () => {
  expect(storage.read('a')).toBeNull();
  expect(storage.write('outbox.1', 'x')).toBe(true);
  expect(storage.write('name', 'Ada')).toBe(true);
  expect(storage.read('name')).toBe('Ada');
  expect(localStorage.getItem('open-codelabs.name')).toBe('Ada');
  expect(storage.keys('outbox.')).toEqual(['outbox.1']);
  storage.remove('name');
  expect(storage.read('name')).toBeNull();
});

test('works for the life of the page when storage is blocked', () => {
  const blocked = (): never => {
    throw new DOMException('blocked', 'SecurityError');
  };
  vi.stubGlobal('localStorage', {
    getItem: blocked,
    setItem: blocked,
    removeItem: blocked,
    key: blocked,
    get length(): number {
      return blocked();
    },
  });
  expect(storage.write('name', 'Ada')).toBe(false);
  expect(storage.read('name')).toBe('Ada');
  expect(storage.keys('')).toEqual(['name']);
  storage.remove('name');
  expect(storage.read('name')).toBeNull();
});

test('other tabs are heard', () => {
  const heard: (string | null)[] = [];
  const stop = storage.onChange('theme', (value) => heard.push(value));
  dispatchEvent(new StorageEvent('storage', { key: 'open-codelabs.theme', newValue: 'dark' }));
  dispatchEvent(new StorageEvent('storage', { key: 'other', newValue: 'x' }));
  stop();
  dispatchEvent(new StorageEvent('storage', { key: 'open-codelabs.theme', newValue: 'light' }));
  expect(heard).toEqual(['dark']);
});
