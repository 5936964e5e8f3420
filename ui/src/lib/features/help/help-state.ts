/** One's own help request as a person lives through it. */
import type { HelpPlace, HelpRequest } from '$lib/api/wire';
import type { PendingCommand } from '$lib/connection/outbox';
import { locale } from '$lib/browser/locale.svelte';
import { ordinal } from '$lib/browser/ordinal';
import { m } from '$lib/paraglide/messages';
import { assertNever } from '$lib/workshop/assert-never';
import { personName } from '$lib/workshop/person-name';

export type HelpState =
  | { kind: 'calm' }
  /** Asked for here; the server has not answered yet. */
  | { kind: 'sending'; message: string | null }
  | { kind: 'waiting'; request: HelpRequest; place: HelpPlace | null }
  | { kind: 'claimed'; request: HelpRequest }
  /** Taken back here; the server has not answered yet. */
  | { kind: 'withdrawing' };

export function helpState(
  request: HelpRequest | null,
  place: HelpPlace | null,
  pending: readonly PendingCommand[],
): HelpState {
  const bodies = pending.map(({ body }) => body);
  if (request === null) {
    const raised = bodies.find((body) => body.type === 'raise_help');
    return raised === undefined
      ? { kind: 'calm' }
      : { kind: 'sending', message: raised.message ?? null };
  }
  const withdrawn = bodies.some(
    (body) => body.type === 'withdraw_help' && body.helpRequest === request.id,
  );
  if (withdrawn) return { kind: 'withdrawing' };
  if (request.status === 'claimed') return { kind: 'claimed', request };
  return { kind: 'waiting', request, place: place?.helpRequest === request.id ? place : null };
}

/** Where in the queue, in words. */
export function placeWords(place: HelpPlace | null): string {
  if (place === null) return m.help_waiting();
  if (place.place === 1) return m.help_place_first({ waiting: place.waiting });
  return m.help_place({ place: ordinal(place.place, locale.current), waiting: place.waiting });
}

const MINUTE_MS = 60_000;

/**
 * How long it is likely to take still, in words; nothing when that is not known, or when it took
 * longer than was expected: then nobody knows. It is an estimate, and rounded as one: to minutes,
 * from ten on to five of them.
 *
 * @param toldMs how long ago the place was told
 */
export function waitWords(place: HelpPlace | null, toldMs: number): string | null {
  const expectedMs = place?.expectedWaitMs;
  if (expectedMs === undefined || toldMs >= expectedMs + MINUTE_MS / 2) return null;
  const minutes = Math.round((expectedMs - Math.max(0, toldMs)) / MINUTE_MS);
  if (minutes <= 1) return m.help_wait_minute();
  return m.help_wait_minutes({ minutes: minutes <= 10 ? minutes : Math.round(minutes / 5) * 5 });
}

/** Whether somebody had taken it on and gave it back to the queue. */
export function isHandedBack(request: HelpRequest): boolean {
  return request.status === 'open' && request.takenAtMs !== undefined;
}

/** Who is on the way, in words. */
export function claimedWords(request: HelpRequest): string {
  return request.by ? m.help_claimed_by({ name: personName(request.by) }) : m.help_claimed();
}

/** How one's request stands, on the button that opens it. */
export function helpWords(state: HelpState): string {
  switch (state.kind) {
    case 'calm':
    case 'withdrawing':
      return m.help_ask();
    case 'sending':
      return m.help_waiting();
    case 'waiting':
      return placeWords(state.place);
    case 'claimed':
      return claimedWords(state.request);
    default:
      return assertNever(state);
  }
}

/** The same in a character or two; `undefined` while all is calm. */
export function helpMark(state: HelpState): string | undefined {
  switch (state.kind) {
    case 'calm':
    case 'withdrawing':
      return undefined;
    case 'sending':
      return '…';
    case 'waiting':
      return state.place === null ? '…' : String(state.place.place);
    case 'claimed':
      return '!';
    default:
      return assertNever(state);
  }
}

/** News for the person who waits, from what was known before to what is known now. */
export function helpNews(
  before: HelpRequest | null,
  now: HelpRequest | null,
  withdrawn: ReadonlySet<number>,
): 'claimed' | 'handed_back' | 'resolved' | null {
  if (before === null) return null;
  if (now === null) return withdrawn.has(before.id) ? null : 'resolved';
  if (before.id !== now.id || before.status === now.status) return null;
  return now.status === 'claimed' ? 'claimed' : 'handed_back';
}
