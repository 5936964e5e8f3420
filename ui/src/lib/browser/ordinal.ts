/** Places in a row. */

const ENGLISH: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/**
 * A place as it is said: "1st", "22nd", "113th" in English. Languages that put a counter around
 * the number have that in their messages, and get the number alone.
 */
export function ordinal(place: number, locale: string): string {
  if (locale !== 'en') return String(place);
  const rule = new Intl.PluralRules(locale, { type: 'ordinal' }).select(place);
  return `${String(place)}${ENGLISH[rule] ?? 'th'}`;
}
