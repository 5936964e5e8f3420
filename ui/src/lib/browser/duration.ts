/** Spans of time in the words of a language, as short as can be read at a glance. */

const MINUTE_MS = 60_000;
const HOUR_MIN = 60;

/**
 * A span in whole minutes, from an hour on in hours and minutes: "7 min", "1 hr 5 min". What has
 * not begun, or would be negative because two clocks differ, is zero minutes.
 */
export function formatMinutes(ms: number, locale: string): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  const hours = Math.floor(minutes / HOUR_MIN);
  const rest = minutes - hours * HOUR_MIN;
  if (hours === 0) return unit(minutes, 'minute', locale);
  if (rest === 0) return unit(hours, 'hour', locale);
  return `${unit(hours, 'hour', locale)} ${unit(rest, 'minute', locale)}`;
}

/** The same for where there is no room: "7m", from a hundred minutes on in hours: "2h". */
export function formatMinutesNarrow(ms: number, locale: string): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE_MS));
  return minutes < 100
    ? unit(minutes, 'minute', locale, 'narrow')
    : unit(Math.floor(minutes / HOUR_MIN), 'hour', locale, 'narrow');
}

/** A span that somebody waits: seconds in the first minute, then as {@link formatMinutes}. */
export function formatWait(ms: number, locale: string): string {
  if (ms >= MINUTE_MS) return formatMinutes(ms, locale);
  return unit(Math.max(0, Math.floor(ms / 1000)), 'second', locale);
}

type Unit = 'second' | 'minute' | 'hour';

/** To make one costs more than to use it, and a board shows hundreds of spans. */
const formats = new Map<string, Intl.NumberFormat>();

function unit(
  value: number,
  name: Unit,
  locale: string,
  unitDisplay: 'short' | 'narrow' = 'short',
): string {
  const key = `${locale} ${name} ${unitDisplay}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay });
    formats.set(key, format);
  }
  return format.format(value);
}
