/**
 * Draws the diagrams of an exported page, which has nobody to fetch anything from: this becomes one
 * script with all of Mermaid in it, and an exported page with a diagram carries it. Drawn for white
 * paper, because such a page is read in light, in dark and on paper.
 */
import { picture } from './picture';

/** What a diagram is called by who cannot see it: what its author says it is. */
function nameOf(source: string): string {
  const said = /^\s*acc(?:Title|Descr)\s*:\s*(.+)$/gm;
  return [...source.matchAll(said)].map((line) => line[1]?.trim()).join('. ');
}

async function draw(block: HTMLElement, canvas: HTMLElement): Promise<void> {
  const source = block.textContent;
  const image = document.createElement('img');
  image.className = 'diagram';
  image.alt = nameOf(source) || source;
  const svg = await picture(source, false, canvas);
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  block.replaceWith(image);
}

async function drawAll(): Promise<void> {
  const canvas = document.createElement('div');
  canvas.className = 'canvas';
  document.body.append(canvas);
  for (const block of document.querySelectorAll<HTMLElement>('pre.diagram')) {
    // One that cannot be drawn keeps its words.
    await draw(block, canvas).catch(() => undefined);
  }
  canvas.remove();
  document.documentElement.dataset['drawn'] = '';
}

void drawAll();
