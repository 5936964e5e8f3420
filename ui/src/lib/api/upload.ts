/** Sending files, with a word on how far they are. */
import { isProblem, unexpected, unreachable, type Result } from './result';

/** How a body is sent. */
interface Sending {
  method?: 'POST' | 'PUT';
  /** Ends the request as if the network had gone. */
  signal?: AbortSignal;
}

/**
 * Sends a body.
 *
 * @param onProgress called with the part of the upload that is done, 0 to 1
 */
export function upload<T>(
  address: string,
  body: Blob | FormData,
  onProgress?: (part: number) => void,
  { method = 'POST', signal }: Sending = {},
): Promise<Result<T>> {
  // `fetch` cannot tell how far an upload is.
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.responseType = 'json';
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    };
    request.onerror = () => {
      resolve({ ok: false, problem: unreachable() });
    };
    request.onload = () => {
      const answer: unknown = request.response;
      if (request.status === 200) resolve({ ok: true, value: answer as T });
      else resolve({ ok: false, problem: isProblem(answer) ? answer : unexpected(request.status) });
    };
    request.onabort = request.onerror;
    signal?.addEventListener('abort', () => {
      request.abort();
    });
    request.send(body);
  });
}
