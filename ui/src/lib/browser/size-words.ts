/** Sizes of files in words. */

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `1.4 MB`, by powers of 1000 as file managers count today. */
export function sizeWords(bytes: number, locale: string): string {
  let at = 0;
  let size = bytes;
  while (size >= 999.5 && at < UNITS.length - 1) {
    size /= 1000;
    at += 1;
  }
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[at] ?? 'byte',
    unitDisplay: at === 0 ? 'long' : 'short',
    maximumFractionDigits: size < 10 && at > 0 ? 1 : 0,
  }).format(size);
}
