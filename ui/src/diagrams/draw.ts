/**
 * Draws diagrams, in a page of its own that readers never see: what draws them writes styles into
 * the page, which the policy of every other page forbids. A step's page keeps this one in a frame,
 * sends it the words of a diagram and gets a picture back.
 */
import mermaid from 'mermaid';

interface Wish {
  id: number;
  source: string;
  dark: boolean;
}

/** Beyond this a diagram is somebody's joke; the number is in characters. */
const LONGEST_SOURCE = 20_000;

const canvas = document.getElementById('canvas') ?? document.body;

async function draw({ id, source, dark }: Wish): Promise<string> {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: 'strict',
    suppressErrorRendering: true,
    theme: dark ? 'dark' : 'neutral',
    fontFamily: 'system-ui, sans-serif',
    maxTextSize: LONGEST_SOURCE,
    // A picture shows no HTML in every browser, but text in all of them.
    htmlLabels: false,
  });
  const { svg } = await mermaid.render(`diagram-${String(id)}`, source, canvas);
  canvas.innerHTML = svg;
  const drawing = canvas.firstElementChild;
  if (!(drawing instanceof SVGSVGElement)) throw new Error('nothing was drawn');
  // A picture has a size, so that the page does not jump and words stay as large as words are.
  const { width, height } = drawing.viewBox.baseVal;
  drawing.setAttribute('width', String(Math.ceil(width)));
  drawing.setAttribute('height', String(Math.ceil(height)));
  drawing.style.removeProperty('max-width');
  const picture = new XMLSerializer().serializeToString(drawing);
  canvas.replaceChildren();
  return picture;
}

let last = Promise.resolve();

addEventListener('message', (event: MessageEvent<Wish>) => {
  if (event.source !== parent || event.origin !== location.origin) return;
  const wish = event.data;
  const answer = (result: { svg: string } | { error: string }): void => {
    parent.postMessage({ id: wish.id, ...result }, location.origin);
  };
  // One after the other: drawing measures its words on the same canvas.
  last = last.then(() =>
    draw(wish).then(
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
