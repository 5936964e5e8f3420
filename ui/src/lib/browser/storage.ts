/**
 * What this browser remembers. Blocked or full storage (private windows, strict settings) is no
 * failure: the memory of the page takes its place until the page is closed.
 */

/** Keeps our keys apart from other pages of the same address. */
const PREFIX = 'open-codelabs.';

const memory = new Map<string, string>();

/** The value under a key, or `null`. */
export function read(key: string): string | null {
  const remembered = memory.get(key);
  if (remembered !== undefined) return remembered;
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/** Remembers a value; `false` when it will not outlive the page. */
export function write(key: string, value: string): boolean {
  try {
    localStorage.setItem(PREFIX + key, value);
    memory.delete(key);
    return true;
  } catch {
    memory.set(key, value);
    return false;
  }
}

/** Forgets a key. */
export function remove(key: string): void {
  memory.delete(key);
  try {
    localStorage.removeItem(PREFIX + key);
  } catch {
    // Nothing could be stored, so there is nothing to forget.
  }
}

/** All keys that begin with `start`, in no particular order. */
export function keys(start: string): string[] {
  const found = new Set([...memory.keys()].filter((key) => key.startsWith(start)));
  try {
    for (let index = 0; index < localStorage.length; index += 1) {
      const key = localStorage.key(index);
      if (key?.startsWith(PREFIX + start)) found.add(key.slice(PREFIX.length));
    }
  } catch {
    // The page's memory is all there is.
  }
  return [...found];
}

/** Whether something under keys that begin with `start` is lost when the page is closed. */
export function isVolatile(start: string): boolean {
  return [...memory.keys()].some((key) => key.startsWith(start));
}

/** Calls back when another tab of this browser changes a key; the returned function stops it. */
export function onChange(key: string, changed: (value: string | null) => void): () => void {
  const listen = (event: StorageEvent): void => {
    if (event.key === PREFIX + key) changed(event.newValue);
  };
  addEventListener('storage', listen);
  return () => {
    removeEventListener('storage', listen);
  };
}
