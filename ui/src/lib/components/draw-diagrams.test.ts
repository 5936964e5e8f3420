import { expect, test } from 'vitest';

import { nameOf } from './draw-diagrams';

test('a diagram is called what its author says it is', () => {
  expect(nameOf('graph TD\n  accTitle: How a request travels\n  A-->B')).toBe(
    'How a request travels',
  );
  expect(nameOf('graph TD\naccTitle: A\naccDescr: From here to there\nA-->B')).toBe(
    'A. From here to there',
  );
  expect(nameOf('graph TD\nA-->B')).toBe('Diagram');
});
