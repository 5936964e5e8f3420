/** The server's addresses as functions. */
import { client } from './client';
import { done, result } from './result';
import type { operations } from './schema';
import type { Shelf } from './wire';

export type { Result } from './result';

const inWorkshop = (workshop: string) => ({ params: { path: { workshop } } });

/** What can be joined, and who this browser already is. */
export const entrance = (code?: string) =>
  result(client.GET('/api/v1/entrance', { params: { query: code === undefined ? {} : { code } } }));

/** Takes a seat; the same `id` again gives the same seat. */
export const join = (workshop: string, body: { id: string; name: string; code?: string }) =>
  result(client.POST('/api/v1/workshops/{workshop}/seats', { ...inWorkshop(workshop), body }));

/** Takes a seat from another device to this browser. */
export const resumeSeat = (resumeCode: string) =>
  result(client.POST('/api/v1/seats/resume', { body: { resumeCode } }));

/** A new resume code for one's own seat. */
export const renewOwnResumeCode = (workshop: string) =>
  result(client.POST('/api/v1/workshops/{workshop}/seat/resume-code', inWorkshop(workshop)));

/** A new resume code for an attendee who lost the seat. */
export const renewResumeCode = (workshop: string, seat: number) =>
  result(
    client.POST('/api/v1/workshops/{workshop}/seats/{seat}/resume-code', {
      params: { path: { workshop, seat } },
    }),
  );

/** What one person did, and for how long; for facilitators. */
export const seatTimeline = (workshop: string, seat: number) =>
  result(
    client.GET('/api/v1/workshops/{workshop}/seats/{seat}/timeline', {
      params: { path: { workshop, seat } },
    }),
  );

/** A rendered step, sanitised by the server. */
export const stepHtml = (hash: string) =>
  result(client.GET('/api/v1/contents/{hash}', { params: { path: { hash } }, parseAs: 'text' }));

/** Makes this browser a facilitator's. */
export const enterAsFacilitator = (secret: string, name?: string) =>
  result(
    client.POST('/api/v1/facilitators/enter', {
      body: name === undefined ? { secret } : { secret, name },
    }),
  );

/** Changes one's own name, for workshops joined from now on. */
export const renameMe = (name: string) =>
  result(client.PUT('/api/v1/facilitators/me', { body: { name } }));

/** One page of the library. */
export const codelabs = (query: operations['list_codelabs']['parameters']['query'] & object = {}) =>
  result(client.GET('/api/v1/codelabs', { params: { query } }));

/** The tags of a shelf of the library. */
export const libraryTags = (shelf: Shelf) =>
  result(client.GET('/api/v1/tags', { params: { query: { shelf } } }));

/** One codelab with its steps. */
export const codelab = (id: string) =>
  result(client.GET('/api/v1/codelabs/{codelab}', { params: { path: { codelab: id } } }));

/** Removes a codelab from the library; it can be restored. */
export const removeCodelab = (id: string) =>
  done(client.DELETE('/api/v1/codelabs/{codelab}', { params: { path: { codelab: id } } }));

/** Undoes {@link removeCodelab}. */
export const restoreCodelab = (id: string) =>
  done(client.POST('/api/v1/codelabs/{codelab}/restore', { params: { path: { codelab: id } } }));

/** Makes a copy of a codelab under another title. */
export const duplicateCodelab = (id: string, title: string) =>
  result(
    client.POST('/api/v1/codelabs/{codelab}/duplicate', {
      params: { path: { codelab: id } },
      body: { title },
    }),
  );

/** Puts a codelab out of the way; it can be taken back. */
export const archiveCodelab = (id: string) =>
  done(client.POST('/api/v1/codelabs/{codelab}/archive', { params: { path: { codelab: id } } }));

/** Undoes {@link archiveCodelab}. */
export const unarchiveCodelab = (id: string) =>
  done(client.POST('/api/v1/codelabs/{codelab}/unarchive', { params: { path: { codelab: id } } }));

/** One page of the history. */
export const workshops = (query: { cursor?: string; limit?: number } = {}) =>
  result(client.GET('/api/v1/workshops', { params: { query } }));

/** Starts a workshop; it can be joined when the answer comes. */
export const startWorkshop = (body: {
  title?: string;
  codelabs: string[];
  codeRequired?: boolean;
}) => result(client.POST('/api/v1/workshops', { body }));

/** How people get in. */
export const lobby = (workshop: string) =>
  result(client.GET('/api/v1/workshops/{workshop}/lobby', inWorkshop(workshop)));
