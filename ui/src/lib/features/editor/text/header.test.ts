import { expect, test } from 'vitest';

import { readHeader, writeHeader, type Header } from './header';
import { stepsOf } from './outline';
import { applied } from './steps';
import { codelab, random } from './testing';

const set = (source: string, fields: Partial<Header>): string =>
  applied(source, writeHeader(source, { ...readHeader(source), ...fields }));

test('front matter is read and changed in place', () => {
  const source =
    '---\nid: keep-me\nsummary: >\n  folded\n  lines\nauthors:\n  - Ada\n  - Bob\nTags: [x, "y"]\nFeedback Link: <https://e.org/f>\n\n---\n\n# The *title* #\n\n## One\n';
  expect(readHeader(source)).toEqual({
    title: 'The *title*',
    summary: 'folded lines',
    authors: 'Ada, Bob',
    tags: 'x, y',
    language: '',
    feedbackLink: 'https://e.org/f',
    required: '',
  });
  expect(set(source, { title: 'New', authors: 'Cho', tags: 'z', language: 'ko' })).toBe(
    '---\nid: keep-me\nsummary: >\n  folded\n  lines\nauthors: Cho\nTags: z\nFeedback Link: <https://e.org/f>\n\nlanguage: ko\n---\n\n# New #\n\n## One\n',
  );
  expect(set(source, { summary: '', tags: '' })).not.toMatch(/summary|folded|Tags/);
});

test('a header paragraph is changed in place', () => {
  const source = 'author: Ada\nsummary: s\n\n# T\n\n## One\n\nauthor: not me\n';
  expect(set(source, { summary: 'new', language: 'en' })).toBe(
    'author: Ada\nsummary: new\nlanguage: en\n\n# T\n\n## One\n\nauthor: not me\n',
  );
  expect(set('summary: s\nid: x\n---\n\n## One\n', { title: 'T' })).toBe(
    'summary: s\nid: x\ntitle: T\n---\n\n## One\n',
  );
});

test('without a header there is one', () => {
  expect(set('# T\n\n## One\n', { summary: 'a\nb' })).toBe(
    '---\nsummary: a b\n---\n\n# T\n\n## One\n',
  );
  expect(set('## One\n', { title: 'T' })).toBe('# T\n\n## One\n');
  expect(set('## One\n', { title: 'T', tags: 'a' })).toBe(
    '---\ntags: a\ntitle: T\n---\n\n## One\n',
  );
});

const VALUES = ['', 'one', 'two words', '한국어 값', 'with: colon', 'C++ & <b>'];

test.each(Array.from({ length: 200 }, (_, seed) => seed))(
  'what is written is read back, and nothing else changes (%i)',
  (seed) => {
    const { source } = codelab(seed);
    const pick = random(seed + 5000);
    const any = (): string => VALUES[pick(VALUES.length)] ?? '';
    const next: Header = {
      title: any() || 'Some title',
      summary: any(),
      authors: any(),
      tags: any(),
      language: any(),
      feedbackLink: any(),
      required: any(),
    };
    const written = applied(source, writeHeader(source, next));
    expect(readHeader(written)).toEqual(next);
    const bodies = (text: string): string[] =>
      stepsOf(text).map(({ from, to }) => text.slice(from, to));
    expect(bodies(written)).toEqual(bodies(source));
    expect(writeHeader(written, next)).toEqual([]);
  },
);
