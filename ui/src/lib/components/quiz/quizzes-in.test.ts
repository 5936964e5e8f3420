import { expect, test } from 'vitest';

import { quizzesIn } from './quizzes-in';

test('quizzes are found in the HTML of a step, twins apart', () => {
  const root = document.createElement('div');
  const html = (choose: string): string =>
    `<div class="quiz" data-quiz="q1" data-choose="${choose}"><p class="question">Q?</p>` +
    '<ul><li>a &lt;b&gt;</li><li><code>c</code> d</li></ul></div>';
  root.innerHTML = `${html('one')}${html('several')}<div class="survey"><ul></ul></div>`;
  const [one, other, ...rest] = quizzesIn(root).map(({ quiz }) => quiz);
  expect(rest).toEqual([]);
  expect(one).toMatchObject({ key: 'q1', several: false });
  expect(one?.options).toEqual([
    [{ text: 'a <b>', isCode: false }],
    [
      { text: 'c', isCode: true },
      { text: ' d', isCode: false },
    ],
  ]);
  expect(other?.several).toBe(true);
  expect(one?.labelledby).not.toBe(other?.labelledby);
});
