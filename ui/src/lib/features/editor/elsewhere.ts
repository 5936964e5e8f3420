/**
 * The same person with the same codelab in two windows: both would keep their text as one draft, and
 * the last keystroke would win.
 */

/** Calls back when another window of this browser has a codelab open; the returned function stops it. */
export function openElsewhere(codelab: string, found: () => void): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => undefined;
  const channel = new BroadcastChannel(`open-codelabs.writing.${codelab}`);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    found();
    if (data === 'opened') channel.postMessage('here too');
  };
  channel.postMessage('opened');
  return () => {
    channel.close();
  };
}
