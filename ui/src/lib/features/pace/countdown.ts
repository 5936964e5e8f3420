/** A countdown as it is shown. The server's clock counts: everybody sees the same second. */
import type { Timer } from '$lib/api/wire';

const SECOND_MS = 1000;

/** Milliseconds until a timer is over; 0 from then on. */
export function leftMs(timer: Timer, nowMs: number): number {
  return Math.max(0, timer.endsAtMs - nowMs);
}

/** "4:59", from an hour on "1:04:59". A second that has begun to run counts as a whole one. */
export function clockText(ms: number): string {
  const all = Math.ceil(ms / SECOND_MS);
  const [hours, minutes, seconds] = [
    Math.floor(all / 3600),
    Math.floor((all % 3600) / 60),
    all % 60,
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0
    ? `${String(hours)}:${two(minutes)}:${two(seconds)}`
    : `${String(minutes)}:${two(seconds)}`;
}

/** The part of a timer that has run, 0 to 1. */
export function part(timer: Timer, nowMs: number): number {
  const whole = timer.endsAtMs - timer.startedAtMs;
  return whole <= 0 ? 1 : 1 - leftMs(timer, nowMs) / whole;
}

/** Seconds for a timer that has this much longer to run; what is over begins anew. */
export function extendedSeconds(timer: Timer, nowMs: number, moreMs: number): number {
  return Math.max(1, Math.round((leftMs(timer, nowMs) + moreMs) / SECOND_MS));
}
