/** Reads QR codes as a phone's camera does: from the pixels on the screen. */
import type { Locator } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';

/** The text of the QR code that an element shows; `null` if there is none in it. */
export async function scan(element: Locator): Promise<string | null> {
  const { data, width, height } = PNG.sync.read(await element.screenshot());
  const decode = jsQR as unknown as typeof jsQR.default;
  return decode(new Uint8ClampedArray(data), width, height)?.data ?? null;
}
