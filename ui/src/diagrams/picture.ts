import mermaid from 'mermaid';

/** Beyond this a diagram is somebody's joke; the number is in characters. */
const LONGEST_SOURCE = 20_000;

let drawn = 0;

/**
 * The words of a diagram as an SVG picture with a size of its own.
 *
 * @param canvas where words can be measured; it is empty again afterwards
 * @throws what Mermaid says is wrong with the words
 */
export async function picture(source: string, dark: boolean, canvas: HTMLElement): Promise<string> {
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
  const { svg } = await mermaid.render(`diagram-${String(++drawn)}`, source, canvas);
  canvas.innerHTML = svg;
  const drawing = canvas.firstElementChild;
  if (!(drawing instanceof SVGSVGElement)) throw new Error('nothing was drawn');
  // A picture has a size, so that the page does not jump and words stay as large as words are.
  const { width, height } = drawing.viewBox.baseVal;
  drawing.setAttribute('width', String(Math.ceil(width)));
  drawing.setAttribute('height', String(Math.ceil(height)));
  drawing.style.removeProperty('max-width');
  const text = new XMLSerializer().serializeToString(drawing);
  canvas.replaceChildren();
  return text;
}
