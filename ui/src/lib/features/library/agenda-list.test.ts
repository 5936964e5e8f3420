import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, test, vi } from 'vitest';

import type { CodelabSummary } from '$lib/api/wire';

import AgendaList from './AgendaList.svelte';

afterEach(cleanup);

const [git, python] = ['Git', 'Python'].map((title): CodelabSummary => ({
  id: title,
  title,
  tags: [],
  minutes: 5,
  steps: 1,
  revision: 1,
  createdAtMs: 0,
  updatedAtMs: 0,
  shelf: 'active',
})) as [CodelabSummary, CodelabSummary];

test('the order is arranged by buttons and by keys', async () => {
  const onchange = vi.fn();
  render(AgendaList, { codelabs: [git, python], onchange });
  const down = screen.getByRole('button', { name: 'Move Git down' });
  await fireEvent.click(down);
  await fireEvent.keyDown(down, { key: 'ArrowDown', altKey: true });
  expect(onchange.mock.calls).toEqual([[[python, git]], [[python, git]]]);
});

test('a move is said, and the ends stay', async () => {
  const onchange = vi.fn();
  render(AgendaList, { codelabs: [git, python], onchange });
  expect(screen.getByRole('button', { name: 'Move Git up' })).toHaveProperty('disabled', true);
  const up = screen.getByRole('button', { name: 'Move Python up' });
  await fireEvent.keyDown(up, { key: 'ArrowDown', altKey: true });
  expect(onchange).not.toHaveBeenCalled();
  await fireEvent.click(up);
  expect(screen.getByText('Python is now number 1')).toBeDefined();
});

test('a single codelab has nothing to arrange', () => {
  render(AgendaList, { codelabs: [git], onchange: vi.fn() });
  expect(screen.queryByRole('button')).toBeNull();
});
