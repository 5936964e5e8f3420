/**
 * The facilitator's machine may come back under another address. A page that cannot reach it any
 * more looks at the other addresses it was told of, and moves there with its resume code.
 */
import type { Health } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';

/** Look only after the usual address failed this often; it mostly comes back. */
const AFTER_ATTEMPTS = 4;

/** How long another address may take to answer, in milliseconds. */
const ANSWER_MS = 3000;

/** Where the resume code of a seat is remembered. */
export function resumeCodeKey(workshop: string): string {
  return `resume-code.${workshop}`;
}

/** Moves the page if another address of the same server answers. */
export async function findElsewhere(
  workshop: string,
  addresses: readonly string[],
  attempt: number,
): Promise<void> {
  const code = storage.read(resumeCodeKey(workshop));
  if (code === null || attempt < AFTER_ATTEMPTS || attempt % 2 !== 0) return;
  const others = addresses.filter((address) => address !== location.origin);
  for (const address of others) {
    if (await answers(address)) {
      location.assign(`${address}/resume#${code}`);
      return;
    }
  }
}

async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(`${address}/api/v1/health`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const health = (await response.json()) as Health;
    return health.product === 'open-codelabs';
  } catch {
    return false;
  }
}
