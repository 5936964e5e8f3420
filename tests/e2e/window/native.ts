/** The windows that are not the page's: GTK's own, by the keyboard as a person uses them. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { REPOSITORY } from '../support/programs.ts';
import { atom, onDisplay } from './display.ts';
import { dropFiles } from './drop.ts';
import { eventually } from './web-driver.ts';

/** The shell's own words. */
const WORDS = JSON.parse(
  readFileSync(join(REPOSITORY, 'src-tauri/messages/en.json'), 'utf8'),
) as Record<'pick_file' | 'pick_folder' | 'quit_title' | 'quit_yes' | 'quit_no', string>;

/** GTK's mnemonic for typing a path in its file dialog. */
const TYPE_A_PATH = 'slash';

function xdotool(...args: string[]): string | null {
  const { status, stdout, error } = spawnSync('xdotool', args, { encoding: 'utf8' });
  if (error) throw error;
  return status === 0 ? stdout.trim() : null;
}

/** Native windows of this title that are on the screen. */
function windows(title: string): string[] {
  const found = xdotool('search', '--onlyvisible', '--name', `^${title}$`);
  return found === null || found === '' ? [] : found.split('\n');
}

function isShown(title: string): Promise<string> {
  return eventually(`the native window “${title}”`, async () => windows(title)[0]);
}

async function isGone(title: string): Promise<void> {
  await eventually(`the end of “${title}”`, async () => windows(title).length === 0);
}

/** Types a path into the dialog for a file and confirms it. */
export function pickFile(path: string): Promise<void> {
  return pick(WORDS.pick_file, path);
}

/** The same in the dialog for a folder. */
export function pickFolder(path: string): Promise<void> {
  return pick(WORDS.pick_folder, path);
}

async function pick(title: string, path: string): Promise<void> {
  const dialog = await isShown(title);
  xdotool('windowfocus', '--sync', dialog);
  xdotool('key', TYPE_A_PATH);
  xdotool('key', 'ctrl+a');
  xdotool('type', '--delay', '5', path);
  // What the dialog added of its own, guessing a name further down.
  xdotool('key', 'Delete');
  xdotool('key', 'Return');
  await isGone(title);
}

/** Closes the file dialog without a choice. */
export async function cancelPicking(): Promise<void> {
  const dialog = await isShown(WORDS.pick_file);
  xdotool('windowfocus', '--sync', dialog);
  xdotool('key', 'Escape');
  await isGone(WORDS.pick_file);
}

/** Answers the question of the quit guard. */
export async function answerQuitGuard(answer: 'quit_yes' | 'quit_no'): Promise<void> {
  const dialog = await isShown(WORDS.quit_title);
  xdotool('windowfocus', '--sync', dialog);
  // "Keep running" is the safe answer: Escape gives it. "Quit" is the left one of two buttons.
  if (answer === 'quit_no') {
    xdotool('key', 'Escape');
  } else {
    const { width, height } = placeOf(dialog);
    const above = 18;
    const [x, y] = [Math.round(width / 4), height - above];
    xdotool('mousemove', '--sync', '--window', dialog, String(x), String(y), 'click', '1');
  }
  await isGone(WORDS.quit_title);
}

interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

function placeOf(window: string): Place {
  const geometry = xdotool('getwindowgeometry', '--shell', window) ?? '';
  const number = (name: string): number =>
    Number(new RegExp(`^${name}=(\\d+)$`, 'm').exec(geometry)?.[1]);
  return { x: number('X'), y: number('Y'), width: number('WIDTH'), height: number('HEIGHT') };
}

/** Presses the cross of a window: asks it to close, as a window manager does (ICCCM 4.2.8.1). */
export async function pressCross(title: string): Promise<void> {
  const window = Number(await isShown(title));
  await onDisplay(async ({ client }) => {
    const protocols = await atom(client, 'WM_PROTOCOLS');
    const deleteWindow = await atom(client, 'WM_DELETE_WINDOW');
    client.SendClientMessage(window, window, protocols, 32, [deleteWindow, 0, 0, 0, 0], 0);
  });
}

/** Drops files in the middle of a window. */
export async function dropOn(title: string, paths: readonly string[]): Promise<void> {
  const window = await isShown(title);
  const { x, y, width, height } = placeOf(window);
  const middle = { x: x + Math.round(width / 2), y: y + Math.round(height / 2) };
  await dropFiles(Number(window), middle, paths);
}
