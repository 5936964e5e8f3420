/** Bold, italic, links, and whole pieces of a codelab, put where the cursor is. */
import {
  EditorSelection,
  type ChangeSpec,
  type EditorState,
  type TransactionSpec,
} from '@codemirror/state';

/** Stands around what is selected in a piece once it is inserted. */
export const MARK = '\u0001';

/** Puts signs around what is selected, or takes them away again. */
export function wrapped(state: EditorState, sign: string): TransactionSpec {
  return state.changeByRange((range) => {
    const { from, to } = range;
    const length = sign.length;
    const around = (start: number, end: number): boolean =>
      state.sliceDoc(start, start + length) === sign && state.sliceDoc(end - length, end) === sign;
    // `*` must not take one of the two signs of `**`.
    const isOwn = (at: number): boolean => sign.length > 1 || state.sliceDoc(at, at + 1) !== sign;
    if (from >= length && around(from - length, to + length)) {
      if (isOwn(from - length - 1) && isOwn(to + length)) {
        const changes: ChangeSpec[] = [
          { from: from - length, to: from },
          { from: to, to: to + length },
        ];
        return { changes, range: EditorSelection.range(from - length, to - length) };
      }
    }
    const changes: ChangeSpec[] = [
      { from, insert: sign },
      { from: to, insert: sign },
    ];
    return { changes, range: EditorSelection.range(from + length, to + length) };
  });
}

/** Makes what is selected the words of a link, and selects its address. */
export function linked(state: EditorState, words: string): TransactionSpec {
  const { from, to } = state.selection.main;
  const text = state.sliceDoc(from, to) || words;
  const address = 'https://';
  const anchor = from + text.length + 3;
  return {
    changes: { from, to, insert: `[${text}](${address})` },
    selection:
      from === to
        ? { anchor: from + 1, head: from + 1 + text.length }
        : { anchor, head: anchor + address.length },
    scrollIntoView: true,
  };
}

/** Puts a piece on lines of its own, with a blank line around it, and selects its marked words. */
export function inserted(state: EditorState, piece: string): TransactionSpec {
  const { from, to } = state.selection.main;
  const line = state.doc.lineAt(to);
  const isBlank = line.text.trim() === '';
  const at = isBlank ? line.from : line.to;
  const end = isBlank ? line.to : at;
  const before = state.sliceDoc(0, at);
  const after = state.sliceDoc(end);
  const blanksBefore = /\n*$/.exec(before)?.[0].length ?? 0;
  const blanksAfter = /^\n*/.exec(after)?.[0].length ?? 0;
  const lead = before === '' ? '' : '\n'.repeat(Math.max(0, 2 - blanksBefore));
  const tail = '\n'.repeat(Math.max(after === '' ? 1 : 0, after === '' ? 1 : 2 - blanksAfter));
  const chosen = from === to ? null : state.sliceDoc(from, to);
  const [start = '', marked = '', rest = ''] = piece.split(MARK);
  const words = chosen !== null && !isBlank ? marked : (chosen ?? marked);
  const anchor = at + lead.length + start.length;
  return {
    changes: { from: at, to: end, insert: lead + start + words + rest + tail },
    selection: { anchor, head: anchor + words.length },
    scrollIntoView: true,
  };
}
