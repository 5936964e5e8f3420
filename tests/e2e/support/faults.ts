/** What keeps people from using a page: found by axe. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

/** The serious and critical faults that axe finds, each with where it is. */
export async function faults(page: Page): Promise<string[]> {
  // What moves in is judged when it stands.
  await page.evaluate(() => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map(({ finished }) => finished));
  });
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}
