/** A day with its time of day, for milliseconds since the Unix epoch. */
export function dateAndTime(ms: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}
