import { expect, test } from 'vitest';

import { openSteps } from './step-locks';

const codelab = {
  codelab: 'git',
  title: 'Git',
  steps: ['g1', 'g2', 'g3'].map((step) => ({ step, title: step, content: '' })),
};
const last = (step: string) => [{ codelab: 'git', last: step }];

test('without a limit all steps are open', () => {
  expect(openSteps({ status: 'live' }, codelab)).toBe(3);
  expect(openSteps({ status: 'live', stepLimits: [] }, codelab)).toBe(3);
});

test('a limit opens the steps up to it', () => {
  expect(openSteps({ status: 'live', stepLimits: last('g1') }, codelab)).toBe(1);
  expect(openSteps({ status: 'live', stepLimits: last('g3') }, codelab)).toBe(3);
});

test('a limit of another codelab, or at a step that is gone, limits nothing', () => {
  const stepLimits = [{ codelab: 'python', last: 'g1' }];
  expect(openSteps({ status: 'live', stepLimits }, codelab)).toBe(3);
  expect(openSteps({ status: 'live', stepLimits: last('gone') }, codelab)).toBe(3);
});

test('after the end everything can be read', () => {
  expect(openSteps({ status: 'ended', stepLimits: last('g1') }, codelab)).toBe(3);
});
