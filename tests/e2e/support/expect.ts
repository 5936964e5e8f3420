/** Playwright's `expect` with the patience of a small, busy machine; also outside of its runner. */
import { expect as base } from '@playwright/test';

export const expect = base.configure({ timeout: 20_000 });
