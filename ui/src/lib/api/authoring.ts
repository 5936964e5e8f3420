/** Writing codelabs: their text, drafts, revisions, preview and pictures. For facilitators alone. */
import { client } from './client';
import { done, isProblem, result, unexpected, unreachable, type Result } from './result';
import { upload } from './upload';
import type { DraftKept, CodelabFile } from './wire';

/** A server that says nothing for this long is not there. */
const PATIENCE_MS = 10_000;

const of = (codelab: string) => ({ params: { path: { codelab } } });

/** A codelab to begin with. */
export const newCodelab = (body: { title: string; language?: string; source?: string }) =>
  result(client.POST('/api/v1/codelabs/blank', { body }));

/** The newest text, its pictures, and one's own unfinished text. */
export const codelabSource = (codelab: string) =>
  result(client.GET('/api/v1/codelabs/{codelab}/source', of(codelab)));

/** Forgets one's own unfinished text. */
export const discardDraft = (codelab: string) =>
  done(client.DELETE('/api/v1/codelabs/{codelab}/draft', of(codelab)));

/** Keeps a text as the newest revision; refused with `revision_conflict` when `base` is not it. */
export const saveRevision = (
  codelab: string,
  body: { base: number; source: string; note?: string },
) => result(client.POST('/api/v1/codelabs/{codelab}/revisions', { ...of(codelab), body }));

/** A page of the revisions, the newest first. */
export const revisions = (codelab: string, cursor?: string) =>
  result(
    client.GET('/api/v1/codelabs/{codelab}/revisions', {
      params: { path: { codelab }, query: cursor === undefined ? {} : { cursor } },
    }),
  );

/** One revision with its text. */
export const revision = (codelab: string, number: number) =>
  result(
    client.GET('/api/v1/codelabs/{codelab}/revisions/{number}', {
      params: { path: { codelab, number } },
    }),
  );

/** Makes an old text the newest revision. */
export const restoreRevision = (codelab: string, number: number) =>
  result(
    client.POST('/api/v1/codelabs/{codelab}/revisions/{number}/restore', {
      params: { path: { codelab, number } },
    }),
  );

/** What a text would look like; nothing is kept. */
export const preview = (codelab: string, source: string) =>
  result(client.POST('/api/v1/codelabs/{codelab}/preview', { ...of(codelab), body: { source } }));

/**
 * Keeps an unfinished text.
 *
 * @param isLeaving the page is going away: the browser sends it nevertheless, if it is short enough
 */
export async function saveDraft(
  codelab: string,
  body: { base: number; source: string },
  isLeaving = false,
): Promise<Result<DraftKept>> {
  try {
    const response = await fetch(`/api/v1/codelabs/${encodeURIComponent(codelab)}/draft`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      keepalive: isLeaving,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer: unknown = await response.json();
    if (response.ok) return { ok: true, value: answer as DraftKept };
    return { ok: false, problem: isProblem(answer) ? answer : unexpected(response.status) };
  } catch {
    return { ok: false, problem: unreachable() };
  }
}

/** Puts a picture beside the text. */
export function uploadFile(codelab: string, file: File): Promise<Result<CodelabFile>> {
  const form = new FormData();
  form.append('file', file, file.name);
  return upload(`/api/v1/codelabs/${encodeURIComponent(codelab)}/files`, form);
}
