/** The server's addresses for the materials of codelabs. */
import { client } from './client';
import { done, result, type Result } from './result';
import { upload } from './upload';

import type { UploadProgress } from './wire';

export type { Result } from './result';

const of = (codelab: string) => ({ params: { path: { codelab } } });
const one = (codelab: string, material: string) => ({ params: { path: { codelab, material } } });

/** What a codelab brings, and what is on its way. */
export const codelabMaterials = (codelab: string) =>
  result(client.GET('/api/v1/codelabs/{codelab}/materials', of(codelab)));

/** What the codelabs of a workshop bring. */
export const workshopMaterials = (workshop: string) =>
  result(client.GET('/api/v1/workshops/{workshop}/materials', { params: { path: { workshop } } }));

export const addLink = (codelab: string, link: { title: string; url: string }) =>
  result(client.POST('/api/v1/codelabs/{codelab}/materials', { ...of(codelab), body: link }));

export const renameMaterial = (codelab: string, material: string, title: string) =>
  done(
    client.PUT('/api/v1/codelabs/{codelab}/materials/{material}', {
      ...one(codelab, material),
      body: { title },
    }),
  );

/** Takes a material away; it can be put back. */
export const removeMaterial = (codelab: string, material: string) =>
  done(client.DELETE('/api/v1/codelabs/{codelab}/materials/{material}', one(codelab, material)));

/** Undoes {@link removeMaterial}. */
export const restoreMaterial = (codelab: string, material: string) =>
  done(
    client.POST('/api/v1/codelabs/{codelab}/materials/{material}/restore', one(codelab, material)),
  );

export const beginUpload = (codelab: string, file: { fileName: string; sizeBytes: number }) =>
  result(client.POST('/api/v1/codelabs/{codelab}/uploads', { ...of(codelab), body: file }));

export const giveUploadUp = (codelab: string, id: string) =>
  done(
    client.DELETE('/api/v1/codelabs/{codelab}/uploads/{upload}', {
      params: { path: { codelab, upload: id } },
    }),
  );

/**
 * Sends a piece of a file, which is safe when the answer comes.
 *
 * @param onProgress called with the part of the piece that was sent, 0 to 1
 */
export function sendPiece(
  codelab: string,
  id: string,
  offset: number,
  piece: Blob,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<Result<UploadProgress>> {
  const address = `/api/v1/codelabs/${codelab}/uploads/${id}?offset=${String(offset)}`;
  return upload(address, piece, onProgress, { method: 'PUT', signal });
}
