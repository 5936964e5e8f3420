import { expect, test } from 'vitest';

import { BEYOND, rowWindow } from './row-window';

test('what is in sight and a little beyond is drawn', () => {
  expect(rowWindow(300, 45, 4500, 450)).toEqual({ from: 100 - BEYOND, to: 110 + BEYOND });
});

test('the ends are the ends', () => {
  expect(rowWindow(300, 45, 0, 450)).toEqual({ from: 0, to: 10 + BEYOND });
  expect(rowWindow(300, 45, 13_050, 450)).toEqual({ from: 290 - BEYOND, to: 300 });
  expect(rowWindow(3, 45, 0, 450)).toEqual({ from: 0, to: 3 });
});

test('a list that became short while scrolled far down is drawn whole', () => {
  expect(rowWindow(5, 45, 9000, 450)).toEqual({ from: 0, to: 5 });
  expect(rowWindow(0, 45, 9000, 450)).toEqual({ from: 0, to: 0 });
});
