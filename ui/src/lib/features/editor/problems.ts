/** All that there is to look at in a text: the server's remarks and our own hints. */
import { Text } from '@codemirror/state';

import { m } from '$lib/paraglide/messages';

import { placeOf, type TextProblem } from './code/problems';
import type { WritingSession } from './session.svelte';
import { undescribed } from './text/hints';
import type { Words } from './words';

/** In the order of the text. */
export function problemsOf(session: WritingSession, words: Words): TextProblem[] {
  const doc = Text.of(session.source.split('\n'));
  const said = session.remarks.map((diagnostic): TextProblem => ({
    severity: diagnostic.severity,
    text: words.remark(diagnostic),
    ...placeOf(doc, diagnostic),
  }));
  const placeholder = m.editor_alt_placeholder();
  const hints = undescribed(session.source, session.blocks, placeholder).map(
    (place): TextProblem => ({ severity: 'info', text: m.editor_alt_missing(), ...place }),
  );
  return [...said, ...hints].toSorted((a, b) => a.from - b.from);
}
