/** Bringing an old revision back, with a way to undo it. */
import { restoreRevision, revision } from '$lib/api/authoring';
import { problemText } from '$lib/api/problems';
import type { Problem } from '$lib/api/wire';
import { toasts } from '$lib/components/toasts.svelte';
import { m } from '$lib/paraglide/messages';

import type { WritingSession } from './session.svelte';

function fail(problem: Problem): false {
  toasts.show({ tone: 'negative', text: problemText(problem), timeoutMs: 12_000 });
  return false;
}

/** Makes an old text the newest. What was not saved yet is saved before, so that it can come back. */
export async function restoring(session: WritingSession, number: number): Promise<boolean> {
  if (session.isChanged) {
    const outcome = await session.save(m.editor_note_before_restore());
    if (outcome.kind === 'refused') return fail(outcome.problem);
    if (outcome.kind === 'conflict') return true;
  }
  const before = session.base.revision;
  const restored = await take(session, number);
  if (!restored) return false;
  toasts.show({
    tone: 'positive',
    text: m.editor_restored({ revision: number }),
    action: { label: m.library_undo(), run: () => void take(session, before) },
    timeoutMs: 12_000,
  });
  return true;
}

async function take(session: WritingSession, number: number): Promise<boolean> {
  const answer = await restoreRevision(session.codelab, number);
  if (!answer.ok) return fail(answer.problem);
  const text = await revision(session.codelab, answer.value.revision);
  if (!text.ok) return fail(text.problem);
  session.adopt({ revision: answer.value.revision, source: text.value.source });
  return true;
}
