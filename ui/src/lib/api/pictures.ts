/** Uploading pictures for messages. */
import { isProblem, unexpected, unreachable, type Result } from './result';
import type { Picture } from './wire';

/** Where a picture's bytes are. */
export const pictureAddress = (file: string): string => `/api/v1/files/${file}`;

/**
 * Uploads a picture, so that a message can name it.
 *
 * @param onProgress called with the part that is done, 0 to 1
 */
export function uploadPicture(
  workshop: string,
  picture: Blob,
  onProgress: (part: number) => void,
): Promise<Result<Picture>> {
  // `fetch` cannot tell how far an upload is.
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/workshops/${encodeURIComponent(workshop)}/pictures`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onerror = () => {
      resolve({ ok: false, problem: unreachable() });
    };
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status === 200) resolve({ ok: true, value: body as Picture });
      else resolve({ ok: false, problem: isProblem(body) ? body : unexpected(request.status) });
    };
    request.send(picture);
  });
}
