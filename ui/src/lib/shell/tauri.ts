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

/** Pictures that were dropped on the window, and where on the page. */
export interface DroppedPictures {
  readonly files: readonly File[];
  readonly x: number;
  readonly y: number;
}

interface ShellPictures {
  pictures: { name: string; media_type: string; base64: string }[];
  x: number;
  y: number;
}

/** Parts of the page that take dropped pictures; the shell leaves them to the editor of a text. */
let pictureTakers = 0;

/** Hears of pictures dropped where a text is written; the returned function stops it. In a browser: nothing. */
export async function onPicturesDropped(
  heard: (dropped: DroppedPictures) => void,
): Promise<() => void> {
  if (!isDesktop()) return () => undefined;
  const { listen } = await import('@tauri-apps/api/event');
  const stop = await listen<ShellPictures>('pictures-dropped', ({ payload }) => {
    const files = payload.pictures.map(({ name, media_type: type, base64 }) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      return new File([bytes], name, { type });
    });
    heard({ files, x: payload.x, y: payload.y });
  });
  pictureTakers += 1;
  return () => {
    pictureTakers -= 1;
    stop();
  };
}

const PICTURE = /\.(?:avif|bmp|gif|jpe?g|png|svg|webp)$/i;

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

/**
 * What a drag over the window is doing; on `dropped` the shell imports and `onImportDropped` hears.
 * Pictures over a text that is written are not meant.
 */
export type WindowDrag = 'over' | 'left' | 'dropped';

/** Hears of files to import that are dragged onto the window; the returned function stops it. In a browser: nothing. */
export async function onWindowDrag(heard: (drag: WindowDrag) => void): Promise<() => void> {
  if (!isDesktop()) return () => undefined;
  const { getCurrentWebview } = await import('@tauri-apps/api/webview');
  let isForText = false;
  return getCurrentWebview().onDragDropEvent(({ payload }) => {
    if (payload.type === 'enter' || payload.type === 'drop') {
      isForText = pictureTakers > 0 && payload.paths.every((path) => PICTURE.test(path));
    }
    if (isForText) return;
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
