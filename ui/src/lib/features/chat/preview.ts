/** A message in one line, for quotes and lists. */
import type { Message } from '$lib/api/wire';
import { m } from '$lib/paraglide/messages';

import { messageParts } from './fences';

/** Nobody sees more of it in two lines. */
const LONGEST = 200;

export function preview({ text, deleted, picture }: Message): string {
  if (deleted === true) return m.talk_deleted();
  const parts = messageParts(text).map((part) => (part.kind === 'text' ? part.text : part.code));
  const line = parts.join(' ').replace(/\s+/gu, ' ').trim();
  if (line === '') return picture ? m.talk_picture() : '…';
  return Array.from(line).slice(0, LONGEST).join('');
}
