/** The images that codelabs show from the internet. */
import { client } from './client';
import { done, result } from './result';

/** Which images a codelab shows from the internet. Nobody on the internet is asked. */
export const remoteImages = (codelab: string) =>
  result(client.GET('/api/v1/codelabs/{codelab}/remote-images', { params: { path: { codelab } } }));

/** Begins to download them. Only ever called because somebody pressed. */
export const downloadImages = (codelab: string, note: string) =>
  result(
    client.POST('/api/v1/codelabs/{codelab}/remote-images', {
      params: { path: { codelab } },
      body: { note },
    }),
  );

/** How far a download is. Waits for more than the known news. */
export const imageDownload = (download: string, known: number) =>
  result(
    client.GET('/api/v1/image-downloads/{download}', {
      params: { path: { download }, query: { known } },
    }),
  );

/** Ends a download; the codelab is then as it was. */
export const cancelImageDownload = (download: string) =>
  done(client.DELETE('/api/v1/image-downloads/{download}', { params: { path: { download } } }));
