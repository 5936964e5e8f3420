import { EditorState, type TransactionSpec } from '@codemirror/state';
import { expect, test } from 'vitest';

import { inserted, linked, MARK, wrapped } from './format';

/** A text with its selection between `[` and `]`, or its cursor at `|`. */
function state(text: string): EditorState {
  const start = text.search(/[[|]/);
  const end = text.includes('[') ? text.indexOf(']') - 1 : start;
  return EditorState.create({
    doc: text.replace(/[[\]|]/g, ''),
    selection: { anchor: start, head: end },
  });
}

function after(before: EditorState, change: TransactionSpec): string {
  const next = before.update(change).state;
  const { from, to } = next.selection.main;
  const doc = next.doc.toString();
  const middle = from === to ? '|' : `[${doc.slice(from, to)}]`;
  return doc.slice(0, from) + middle + doc.slice(to);
}

const bold = (text: string): string => after(state(text), wrapped(state(text), '**'));
const italic = (text: string): string => after(state(text), wrapped(state(text), '*'));
const link = (text: string): string => {
  const before = EditorState.create({ doc: text });
  return before.update(linked(before, 'words')).state.doc.toString();
};
const piece = (text: string, words = `> ${MARK}box${MARK}`): string =>
  after(state(text), inserted(state(text), words));

test('bold and italic go on and off again', () => {
  expect(bold('a [word] b')).toBe('a **[word]** b');
  expect(bold('a **[word]** b')).toBe('a [word] b');
  expect(bold('a | b')).toBe('a **|** b');
  expect(italic('[word]')).toBe('*[word]*');
  expect(italic('*[word]*')).toBe('[word]');
  expect(italic('**[word]**')).toBe('***[word]***');
});

test('a link selects what is still to be typed', () => {
  expect(link('')).toBe('[words](https://)');
  const before = EditorState.create({ doc: 'see docs', selection: { anchor: 4, head: 8 } });
  const next = before.update(linked(before, 'words')).state;
  expect(next.doc.toString()).toBe('see [docs](https://)');
  expect(next.sliceDoc(next.selection.main.from, next.selection.main.to)).toBe('https://');
});

test('a piece stands on lines of its own', () => {
  expect(piece('|')).toBe('> [box]\n');
  expect(piece('before|')).toBe('before\n\n> [box]\n');
  expect(piece('be|fore\nsame paragraph')).toBe('before\n\n> [box]\n\nsame paragraph');
  expect(piece('before\n\n|\n\nafter')).toBe('before\n\n> [box]\n\nafter');
  expect(piece('before\n|\nafter')).toBe('before\n\n> [box]\n\nafter');
});
