/** Shortcuts as this machine's keyboard names them. */

const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator.userAgent);

/** `Ctrl+B`, or `⌘B` on Apple's. */
export function keys(key: string): string {
  return isApple ? `⌘${key.replace('Shift+', '⇧')}` : `Ctrl+${key}`;
}
