/** Remarks on the text, as the editor marks them. */
import { setDiagnostics, type Diagnostic as Mark } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

import type { Diagnostic } from '$lib/api/wire';

/** A remark in the words of the screen, with its place. */
export interface TextProblem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Where a remark of the server is: what it is about, or its line. */
export function placeOf(doc: Text, { line, subject }: Diagnostic): { from: number; to: number } {
  if (line === undefined || line < 1 || line > doc.lines) return { from: 0, to: 0 };
  const { from, to, text } = doc.line(line);
  const at = subject === '' ? -1 : text.indexOf(subject);
  if (at >= 0) return { from: from + at, to: from + at + subject.length };
  return { from: from + text.length - text.trimStart().length, to };
}

/**
 * Marks these problems and no others. While a syllable is being composed nothing around it is drawn
 * anew: an input method would lose its place.
 */
export function markProblems(view: EditorView, problems: readonly TextProblem[]): () => void {
  if (!view.composing) {
    mark(view, problems);
    return () => undefined;
  }
  const done = (): void => {
    mark(view, problems);
  };
  view.contentDOM.addEventListener('compositionend', done, { once: true });
  return () => {
    view.contentDOM.removeEventListener('compositionend', done);
  };
}

function mark(view: EditorView, problems: readonly TextProblem[]): void {
  const length = view.state.doc.length;
  const marks = problems.map(({ severity, text, from, to }): Mark => ({
    severity,
    message: text,
    from: Math.min(from, length),
    to: Math.min(to, length),
  }));
  view.dispatch(setDiagnostics(view.state, marks));
}
