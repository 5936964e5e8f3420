/** All that there is to look at in a text: the server's remarks and our own hints. */
import { Text } from '@codemirror/state';

import type { Diagnostic } from '$lib/api/wire';
import { m } from '$lib/paraglide/messages';

import { placeOf, type TextProblem } from './code/problems';
import type { WritingSession } from './session.svelte';
import { undescribed } from './text/hints';

/** In the order of the text. */
export function problemsOf(
  session: WritingSession,
  remark: (diagnostic: Diagnostic) => string,
): TextProblem[] {
  const doc = Text.of(session.source.split('\n'));
  const said = session.remarks.map((diagnostic): TextProblem => ({
    severity: diagnostic.severity,
    text: remark(diagnostic),
    ...placeOf(doc, diagnostic),
  }));
  const placeholder = m.editor_alt_placeholder();
  const hints = undescribed(session.source, session.blocks, placeholder).map(
    (place): TextProblem => ({ severity: 'info', text: m.editor_alt_missing(), ...place }),
  );
  return [...said, ...hints].toSorted((a, b) => a.from - b.from);
}
