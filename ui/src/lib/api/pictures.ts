/** Pictures in messages. */
import type { Result } from './result';
import { upload } from './upload';
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
  const address = `/api/v1/workshops/${encodeURIComponent(workshop)}/pictures`;
  return upload(address, picture, onProgress);
}
