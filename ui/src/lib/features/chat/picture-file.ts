/**
 * Pictures on their way out: drawn anew in the size that a chat needs. That makes them small for
 * the room's air, and drops what cameras write into a file, such as where it was taken.
 */

/** Pixels along the longer side. */
export const MAX_SIDE = 1600;

const QUALITY = 0.85;

/** A size that fits into a square, with the same proportions. */
export function fitted(
  width: number,
  height: number,
  most = MAX_SIDE,
): { width: number; height: number } {
  const scale = Math.min(1, most / Math.max(width, height, 1));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** The picture as it is uploaded; `null` when this browser cannot read the file. */
export async function redrawn(file: Blob): Promise<Blob | null> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file);
  } catch {
    return null;
  }
  const { width, height } = fitted(image.width, image.height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (pen === null) return null;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(image, 0, 0, width, height);
  image.close();
  const webp = await encoded(canvas, 'image/webp');
  // A browser that cannot write WebP answers with a PNG, which is large for a photograph.
  if (webp?.type === 'image/webp') return webp;
  pen.globalCompositeOperation = 'destination-over';
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  return encoded(canvas, 'image/jpeg');
}

function encoded(canvas: HTMLCanvasElement, type: string): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, type, QUALITY);
  });
}

/** The first picture of what was pasted or dropped. */
export function pictureIn(data: DataTransfer | null): File | null {
  return Array.from(data?.files ?? []).find(({ type }) => type.startsWith('image/')) ?? null;
}
