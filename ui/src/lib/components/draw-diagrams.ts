/**
 * Diagrams of a step: fetched and drawn only where there are any. The drawing is done in a hidden
 * page of this server (src/diagrams), which alone may write styles; what comes back is a picture,
 * in which nothing can run.
 */
import { m } from '$lib/paraglide/messages';

const DRAWING_PAGE = '/diagrams.html';

type Answer = { id: number; svg: string } | { id: number; error: string };

/** The hidden page; one for the life of this one. */
let drawingPage: Promise<Window> | undefined;
let lastId = 0;

function openDrawingPage(): Promise<Window> {
  const frame = document.createElement('iframe');
  frame.src = DRAWING_PAGE;
  // Its origin is opaque: it reaches nothing of this page, nor of this server.
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  // Words can be measured only where there is room for them.
  Object.assign(frame.style, {
    position: 'fixed',
    top: '0',
    left: '-2000px',
    width: '1200px',
    height: '800px',
    border: '0',
    visibility: 'hidden',
  });
  return new Promise((resolve) => {
    addEventListener('message', function ready({ source, data }: MessageEvent<unknown>) {
      const page = frame.contentWindow;
      if (!page || source !== page || data !== 'ready') return;
      removeEventListener('message', ready);
      resolve(page);
    });
    document.body.append(frame);
  });
}

async function drawn(source: string, dark: boolean): Promise<Answer> {
  drawingPage ??= openDrawingPage();
  const page = await drawingPage;
  const id = ++lastId;
  return new Promise((resolve) => {
    addEventListener('message', function answer(event: MessageEvent<Answer>) {
      if (event.source !== page || event.data.id !== id) return;
      removeEventListener('message', answer);
      resolve(event.data);
    });
    // An opaque origin cannot be named.
    page.postMessage({ id, source, dark }, '*');
  });
}

/** What a diagram is called by who cannot see it: what its author says it is. */
export function nameOf(source: string): string {
  const title = /^\s*accTitle\s*:\s*(.+)$/m.exec(source)?.[1]?.trim();
  const description = /^\s*accDescr\s*:\s*(.+)$/m.exec(source)?.[1]?.trim();
  return [title ?? m.diagram_name(), description].filter(Boolean).join('. ');
}

const isDark = (): boolean => document.documentElement.dataset['theme'] === 'dark';

/** Draws every diagram below an element; the returned function forgets the pictures. */
export function drawDiagrams(root: HTMLElement): () => void {
  const diagrams = [...root.querySelectorAll<HTMLElement>('pre.diagram')].map(
    (block) => new Diagram(block),
  );
  const redraw = (): void => {
    for (const diagram of diagrams) void diagram.draw(isDark());
  };
  const themes = new MutationObserver(redraw);
  themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  redraw();
  return () => {
    themes.disconnect();
    for (const diagram of diagrams) diagram.forget();
  };
}

class Diagram {
  readonly #block: HTMLElement;
  readonly #source: string;
  #picture: HTMLImageElement | undefined;
  #forgotten = false;

  constructor(block: HTMLElement) {
    this.#block = block;
    this.#source = block.textContent;
  }

  async draw(dark: boolean): Promise<void> {
    const answer = await drawn(this.#source, dark);
    if (this.#forgotten) return;
    if ('error' in answer) this.#complain(answer.error);
    else this.#show(answer.svg);
  }

  forget(): void {
    this.#forgotten = true;
    if (this.#picture) URL.revokeObjectURL(this.#picture.src);
  }

  #show(svg: string): void {
    const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
    if (this.#picture) {
      URL.revokeObjectURL(this.#picture.src);
      this.#picture.src = address;
      return;
    }
    this.#picture = document.createElement('img');
    this.#picture.alt = nameOf(this.#source);
    this.#picture.src = address;
    this.#picture.style.marginInline = 'auto';
    const figure = document.createElement('figure');
    const details = document.createElement('details');
    const summary = document.createElement('summary');
    summary.textContent = m.diagram_source();
    Object.assign(details.style, { border: '0', padding: '0', fontSize: '0.9em' });
    this.#block.replaceWith(figure);
    details.append(summary, this.#block);
    figure.append(this.#picture, details);
  }

  /** The words stay, with the reason why they are no picture. */
  #complain(reason: string): void {
    if (this.#block.previousElementSibling?.hasAttribute('data-diagram-problem')) return;
    const words = document.createElement('p');
    words.dataset['diagramProblem'] = '';
    words.textContent = m.diagram_failed({ reason: reason.split('\n')[0] ?? '' });
    this.#block.before(words);
  }
}
