/**
 * Draws diagrams, in a page of its own that readers never see: what draws them writes styles into
 * the page, which the policy of every other page forbids. A step's page keeps this one in a frame
 * with an opaque origin, sends it the words of a diagram and gets a picture back.
 */
import { picture } from './picture';

interface Wish {
  id: number;
  source: string;
  dark: boolean;
}

const canvas = document.getElementById('canvas') ?? document.body;

let last = Promise.resolve();

addEventListener('message', (event: MessageEvent<Wish>) => {
  if (event.source !== parent || event.origin !== location.origin) return;
  const { id, source, dark } = event.data;
  const answer = (result: { svg: string } | { error: string }): void => {
    parent.postMessage({ id, ...result }, location.origin);
  };
  // One after the other: drawing measures its words on the same canvas.
  last = last.then(() =>
    picture(source, dark, canvas).then(
      (svg) => {
        answer({ svg });
      },
      (error: unknown) => {
        answer({ error: error instanceof Error ? error.message : String(error) });
      },
    ),
  );
});

parent.postMessage('ready', location.origin);
