/** Scrolling the preview to what is being written. */

/** Room above what is shown, in CSS pixels: what leads to it is of use too. */
const ABOVE = 72;

/** Which of the shown blocks a block of the text is: the same, or the one as far down. */
export function shownBlock(at: number, of: number, shown: number): number {
  if (at < 0 || shown === 0) return -1;
  if (of === shown) return at;
  return Math.min(shown - 1, Math.floor((at * shown) / Math.max(1, of)));
}

/** Brings a block of a step into view, unless it can be seen already. */
export function placeInPreview(root: HTMLElement, step: number, at: number, of: number): void {
  const section = root.querySelector<HTMLElement>(`[data-preview-step="${String(step)}"]`);
  if (!section) {
    if (step < 0) root.scrollTo({ top: 0 });
    return;
  }
  const blocks = [...(section.querySelector('.prose-step')?.children ?? [])];
  const block = blocks[shownBlock(at, of, blocks.length)] ?? section;
  const view = root.getBoundingClientRect();
  const place = block.getBoundingClientRect();
  const isSeen = place.top >= view.top && Math.min(place.bottom, place.top + 160) <= view.bottom;
  if (!isSeen) root.scrollTo({ top: root.scrollTop + place.top - view.top - ABOVE });
}
