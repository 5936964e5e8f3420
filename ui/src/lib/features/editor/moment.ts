/** Day and time in the reader's language, such as "25 Nov, 14:05". */
export function moment(ms: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}
