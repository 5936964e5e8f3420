/**
 * What a step's HTML cannot do by itself: copy its code, enlarge its images, keep its ticks, take
 * answers to its quizzes.
 */
import { mount, unmount } from 'svelte';

import CopyButton from '$lib/components/CopyButton.svelte';
import { m } from '$lib/paraglide/messages';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

import { textToCopy } from './console-copy';
import { mountQuizzes } from './quizzes/mount-quizzes';
import { readTicks, writeTicks } from './ticks';

export interface StepImage {
  src: string;
  alt: string;
}

/** Where a step's HTML is shown in a workshop. */
export interface InRoom {
  workshop: LiveWorkshop;
  /** What the ticks are kept by. */
  step: string;
  /** The codelab whose quizzes can be answered; none can in a guide. */
  codelab?: string;
}

export interface Enhancement {
  /** Without a workshop (a preview) boxes and quizzes stay as authored. */
  room?: InRoom | undefined;
  onimage: (image: StepImage) => void;
}

/** Images narrower than this are part of a sentence, in CSS pixels. */
const SMALL_IMAGE = 96;

/** Adds the tools to a step's HTML; the returned function takes them away. */
export function enhanceStep(root: HTMLElement, { room, onimage }: Enhancement): () => void {
  const buttons = [...root.querySelectorAll<HTMLElement>('pre.code')].map(addCopyButton);
  for (const image of root.querySelectorAll('img')) letEnlarge(image, onimage);
  // The words that stand below a prepared poll.
  root.style.setProperty('--label-poll', JSON.stringify(m.polls_step_label()));
  if (room) keepTicks(root, room.workshop.id, room.step);
  const forgetQuizzes = room?.codelab
    ? mountQuizzes(root, { ...room, codelab: room.codelab })
    : null;
  const stopWatching = letScrollByKeyboard(root);
  const forgetDiagrams = drawDiagrams(root);
  return () => {
    stopWatching();
    forgetDiagrams();
    forgetQuizzes?.();
    for (const button of buttons) void unmount(button);
  };
}

/** What draws is fetched for the steps that have something to draw. */
function drawDiagrams(root: HTMLElement): () => void {
  let forget: (() => void) | undefined;
  let gone = false;
  if (root.querySelector('pre.diagram')) {
    void import('$lib/components/draw-diagrams').then(
      (diagrams) => {
        if (!gone) forget = diagrams.drawDiagrams(root);
      },
      // Without the network the words of the diagram stay.
      () => undefined,
    );
  }
  return () => {
    gone = true;
    forget?.();
  };
}

function addCopyButton(block: HTMLElement): Record<string, unknown> {
  const frame = document.createElement('div');
  const corner = document.createElement('div');
  frame.className = 'code-frame';
  corner.className = 'absolute top-1 right-1 bg-sunken rounded-control';
  block.replaceWith(frame);
  frame.append(block, corner);
  const text = (): string => textToCopy(block.querySelector('code') ?? block);
  return mount(CopyButton, { target: corner, props: { text } });
}

function letEnlarge(image: HTMLImageElement, onimage: Enhancement['onimage']): void {
  const width = Number(image.getAttribute('width') ?? SMALL_IMAGE);
  if (image.closest('a') || width < SMALL_IMAGE) return;
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'rounded-control max-w-full cursor-zoom-in align-top';
  button.setAttribute('aria-label', m.step_image_enlarge({ description: image.alt }));
  button.addEventListener('click', () => {
    onimage({ src: image.src, alt: image.alt });
  });
  image.replaceWith(button);
  button.append(image);
}

function keepTicks(root: HTMLElement, workshop: string, step: string): void {
  const boxes = [...root.querySelectorAll<HTMLInputElement>('li.task input[type=checkbox]')];
  const ticked = readTicks(workshop, step);
  boxes.forEach((box, position) => {
    box.disabled = false;
    box.setAttribute('aria-label', box.closest('li')?.textContent.trim() ?? '');
    if (ticked !== null) box.checked = ticked.has(position);
    box.addEventListener('change', () => {
      const positions = boxes.flatMap(({ checked }, at) => (checked ? [at] : []));
      writeTicks(workshop, step, positions);
    });
  });
}

/** What scrolls sideways must be reachable without a pointer, at whatever width it has by now. */
function letScrollByKeyboard(root: HTMLElement): () => void {
  const resized = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute('tabindex', '0');
      else target.removeAttribute('tabindex');
    }
  });
  for (const box of root.querySelectorAll('pre, .table')) resized.observe(box);
  return () => {
    resized.disconnect();
  };
}
