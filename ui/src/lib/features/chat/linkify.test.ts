import { describe, expect, test } from 'vitest';

import { linkify } from './linkify';

const links = (text: string): string[] =>
  linkify(text).flatMap((segment) => (segment.kind === 'link' ? [segment.href] : []));

describe('addresses', () => {
  test('become links, the rest stays text', () => {
    expect(linkify('see http://a.test/x now')).toEqual([
      { kind: 'text', text: 'see ' },
      { kind: 'link', text: 'http://a.test/x', href: 'http://a.test/x' },
      { kind: 'text', text: ' now' },
    ]);
  });

  test.each([
    ['(https://a.test/b).', 'https://a.test/b'],
    ['https://a.test/wiki/Rust_(language), really', 'https://a.test/wiki/Rust_(language)'],
    ['is it http://192.168.1.20:8080/#frag?', 'http://192.168.1.20:8080/#frag'],
    ['HTTPS://A.TEST', 'https://a.test/'],
  ])('%s', (text, href) => {
    expect(links(text)).toEqual([href]);
  });
});

describe('nothing else becomes a link', () => {
  test.each([
    'javascript:alert(1)',
    'data:text/html,<b>x</b>',
    'file:///etc/passwd',
    'www.example.test',
    'mailto:a@b.test',
    'xhttp://a',
    'http://',
    'https://bank.test@evil.test/',
  ])('%s', (text) => {
    expect(links(text)).toEqual([]);
  });

  test('markup stays text', () => {
    const text = '<img src=x onerror=alert(1)> <a href="http://a.test">x</a>';
    const segments = linkify(text);
    expect(segments.map((segment) => segment.text).join('')).toBe(text);
    expect(links(text)).toEqual(['http://a.test/']);
  });
});

test.each(['', 'a', 'http://a.test', 'x http://a.test. y https://b.test) z\n\nhttp://'])(
  'the pieces are the whole: %j',
  (text) => {
    expect(
      linkify(text)
        .map((segment) => segment.text)
        .join(''),
    ).toBe(text);
  },
);
