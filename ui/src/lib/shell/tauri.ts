/**
 * The desktop window. The only module that names the shell's library, and it loads it only inside
 * the window: a browser in the room never downloads a byte of it.
 */
import type { ImportJob, Problem } from '$lib/api/wire';

/** Whether this page runs in the desktop app's own window. */
export function isDesktop(): boolean {
  return '__TAURI_INTERNALS__' in globalThis;
}

/** What became of what was chosen in the native dialog or dropped on the window. */
export type ShellImport =
  | { status: 'started'; job: ImportJob }
  | { status: 'refused'; problem: Problem }
  | { status: 'cancelled' };

/**
 * Opens the native dialog and begins to import what was chosen: a file (Markdown or ZIP) or a folder.
 *
 * @throws What the shell answers when the dialog cannot be opened, or an `Error` outside the window.
 */
export async function pickAndImport(kind: 'file' | 'folder'): Promise<ShellImport> {
  if (!isDesktop()) throw new Error('the native dialog needs the desktop app');
  const { invoke } = await import('@tauri-apps/api/core');
  return invoke<ShellImport>('import_codelab', { kind });
}

/** Hears of imports by drop; the returned function stops it. In a browser: nothing. */
export async function onImportDropped(heard: (begun: ShellImport) => void): Promise<() => void> {
  if (!isDesktop()) return () => undefined;
  const { listen } = await import('@tauri-apps/api/event');
  return listen<ShellImport>('codelabs-dropped', ({ payload }) => {
    heard(payload);
  });
}

/** What became of a file that a page offered: its name and the folder it is in, or should be. */
export interface Downloaded {
  name: string;
  folder: string;
  saved: boolean;
}

/** Hears of files that were saved; the returned function stops it. In a browser: nothing. */
export async function onDownloaded(heard: (file: Downloaded) => void): Promise<() => void> {
  if (!isDesktop()) return () => undefined;
  const { listen } = await import('@tauri-apps/api/event');
  return listen<Downloaded>('file-downloaded', ({ payload }) => {
    heard(payload);
  });
}

/** What a drag over the window is doing; on `dropped` the shell imports and `onImportDropped` hears. */
export type WindowDrag = 'over' | 'left' | 'dropped';

/** Hears of files dragged onto the window; the returned function stops it. In a browser: nothing. */
export async function onWindowDrag(heard: (drag: WindowDrag) => void): Promise<() => void> {
  if (!isDesktop()) return () => undefined;
  const { getCurrentWebview } = await import('@tauri-apps/api/webview');
  return getCurrentWebview().onDragDropEvent(({ payload }) => {
    switch (payload.type) {
      case 'enter':
      case 'over':
        heard('over');
        break;
      case 'leave':
        heard('left');
        break;
      case 'drop':
        heard('dropped');
        break;
    }
  });
}
