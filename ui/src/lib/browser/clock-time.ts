/** Times of day in the reader's language. */
import { locale } from './locale.svelte';

const formats = new Map<string, Intl.DateTimeFormat>();

/** The time of day, such as "14:05", for milliseconds since the Unix epoch. */
export function clockTime(ms: number): string {
  let format = formats.get(locale.current);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(locale.current, { hour: 'numeric', minute: '2-digit' });
    formats.set(locale.current, format);
  }
  return format.format(ms);
}
