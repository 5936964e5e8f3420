/** What somebody who comes to the door should see. */
import type { Entrance, EntranceWorkshop } from '$lib/api/wire';

export type Arrival =
  /** Nothing is live. */
  | { kind: 'wait' }
  /** This browser has the seat: straight on. */
  | { kind: 'enter'; workshop: EntranceWorkshop }
  /** A name is all that is missing, and perhaps the code. */
  | { kind: 'join'; workshop: EntranceWorkshop }
  | { kind: 'choose'; workshops: EntranceWorkshop[] };

/** Workshops that people can join. */
export function liveOnes(entrance: Entrance): EntranceWorkshop[] {
  return entrance.workshops.filter((workshop) => workshop.status === 'live');
}

/** Ended workshops that this browser can still read. */
export function endedOnes(entrance: Entrance): EntranceWorkshop[] {
  return entrance.workshops.filter(
    (workshop) => workshop.status === 'ended' && Boolean(workshop.seat),
  );
}

/**
 * Decides what the door shows.
 *
 * @param lingers whether they came here on purpose, so that nobody is sent on unasked
 */
export function arrivalOf(entrance: Entrance, lingers: boolean): Arrival {
  const live = liveOnes(entrance);
  const [first] = live;
  if (first === undefined) return { kind: 'wait' };
  const chosen =
    live.find((workshop) => workshop.codeMatches) ?? (live.length === 1 ? first : null);
  // A facilitator is in every workshop already and is not sent anywhere.
  if (chosen === null || entrance.facilitator) return { kind: 'choose', workshops: live };
  if (!chosen.seat) return { kind: 'join', workshop: chosen };
  if (lingers) return { kind: 'choose', workshops: live };
  return { kind: 'enter', workshop: chosen };
}
