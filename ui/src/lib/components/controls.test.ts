import { fireEvent, render, screen } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { afterEach, describe, expect, test, vi } from 'vitest';

import Button from './Button.svelte';
import ConnectionBadge from './ConnectionBadge.svelte';
import CopyButton from './CopyButton.svelte';
import LanguageSwitch from './LanguageSwitch.svelte';
import Notice from './Notice.svelte';
import ProgressBar from './ProgressBar.svelte';
import Sheet from './Sheet.svelte';
import Switch from './Switch.svelte';
import TextArea from './TextArea.svelte';
import TextField from './TextField.svelte';
import { toasts } from './toasts.svelte';

const words = (text: string): ReturnType<typeof createRawSnippet> =>
  createRawSnippet(() => ({ render: () => `<span>${text}</span>` }));

afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of toasts.list) toasts.close(id);
});

describe('Button', () => {
  test('takes no second press while it is busy', async () => {
    const onclick = vi.fn();
    const { rerender } = render(Button, { children: words('Join'), onclick });
    const button = screen.getByRole('button', { name: 'Join' });
    await fireEvent.click(button);
    await rerender({ busy: true });
    expect(button).toHaveProperty('disabled', true);
    expect(button.getAttribute('aria-busy')).toBe('true');
    await rerender({ busy: false });
    await fireEvent.click(button);
    expect(onclick).toHaveBeenCalledTimes(2);
  });

  test('is a link when it leads somewhere', () => {
    render(Button, { children: words('Library'), href: '/library' });
    expect(screen.getByRole('link', { name: 'Library' }).getAttribute('href')).toBe('/library');
  });
});

describe('TextField', () => {
  test('is described by its hint and its error', () => {
    render(TextField, { label: 'Name', value: '', hint: 'As you like', error: 'Too long' });
    const field = screen.getByRole('textbox', { name: 'Name' });
    const ids = field.getAttribute('aria-describedby')?.split(' ') ?? [];
    const texts = ids.map((id) => document.getElementById(id)?.textContent.trim());
    expect(texts).toEqual(['Too long', 'As you like']);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });
});

describe('TextArea', () => {
  const type = (options: KeyboardEventInit): Promise<boolean> =>
    fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', ...options });

  test('Enter sends, Shift+Enter and a syllable in the making do not', async () => {
    const onsubmit = vi.fn();
    render(TextArea, { label: 'Message', value: '안녕', onsubmit });
    await type({ shiftKey: true });
    await type({ isComposing: true });
    expect(onsubmit).not.toHaveBeenCalled();
    await type({});
    expect(onsubmit).toHaveBeenCalledOnce();
  });
});

describe('Switch', () => {
  test('says what it is now', async () => {
    const onchange = vi.fn();
    render(Switch, { label: 'Code needed', checked: false, onchange });
    await fireEvent.click(screen.getByRole('switch', { name: 'Code needed' }));
    expect(onchange).toHaveBeenCalledWith(true);
  });
});

describe('Sheet', () => {
  test('opens over the page with its name, and closes by its button', async () => {
    const onclose = vi.fn();
    render(Sheet, { open: true, title: 'Steps', children: words('One'), onclose });
    const dialog = screen.getByRole('dialog', { name: 'Steps' });
    expect(dialog).toHaveProperty('open', true);
    await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(dialog).toHaveProperty('open', false);
    expect(onclose).toHaveBeenCalledOnce();
  });

  test('a press on the backdrop closes, one inside does not', async () => {
    render(Sheet, { open: true, title: 'Steps', children: words('One') });
    const dialog = screen.getByRole('dialog');
    await fireEvent.click(screen.getByText('One'));
    expect(dialog).toHaveProperty('open', true);
    await fireEvent.click(dialog);
    expect(dialog).toHaveProperty('open', false);
  });
});

describe('CopyButton', () => {
  test('says so when the browser refuses', async () => {
    vi.stubGlobal('isSecureContext', false);
    Object.defineProperty(document, 'execCommand', { configurable: true, value: () => false });
    render(CopyButton, { text: 'x' });
    await fireEvent.click(screen.getByRole('button', { name: 'Copy' }));
    await vi.waitFor(() => {
      expect(toasts.list).toHaveLength(1);
    });
    expect(screen.queryByRole('button', { name: 'Copied' })).toBeNull();
  });

  test('says so when it worked, of the text of that moment', async () => {
    vi.stubGlobal('isSecureContext', false);
    Object.defineProperty(document, 'execCommand', { configurable: true, value: () => true });
    const text = vi.fn(() => 'now');
    render(CopyButton, { text, label: 'Copy the link' });
    expect(text).not.toHaveBeenCalled();
    await fireEvent.click(screen.getByRole('button', { name: 'Copy the link' }));
    expect(await screen.findByRole('button', { name: 'Copied' })).toBeDefined();
    expect(text).toHaveBeenCalledOnce();
  });
});

test('a notice of an error is announced at once', () => {
  render(Notice, { kind: 'error', title: 'The disk is full' });
  expect(screen.getByRole('alert').textContent).toContain('The disk is full');
});

test('a progress bar is read with its numbers', () => {
  render(ProgressBar, { label: 'Steps', value: 3, max: 8, valueText: 'step 3 of 8' });
  const bar = screen.getByRole('progressbar', { name: 'Steps' });
  expect(bar.getAttribute('aria-valuenow')).toBe('3');
  expect(bar.getAttribute('aria-valuetext')).toBe('step 3 of 8');
});

test('a lost connection is said, a good one is quiet', async () => {
  const { rerender } = render(ConnectionBadge, { state: 'live' });
  expect(screen.getByRole('status').textContent.trim()).toBe('');
  await rerender({ state: 'offline' });
  expect(screen.getByRole('status').textContent).toContain('nothing you did is lost');
});

test('another language shows at once', async () => {
  render(LanguageSwitch, { labelHidden: false });
  const choice = screen.getByRole('combobox', { name: 'Language' });
  await fireEvent.change(choice, { target: { value: 'ko' } });
  expect(screen.getByRole('combobox', { name: '언어' })).toBe(choice);
  await fireEvent.change(choice, { target: { value: 'en' } });
});
