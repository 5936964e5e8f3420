/** Who answered the pace question how, and who has not. */
import type { PaceReply, RosterEntry } from '$lib/api/wire';
import { personName } from '$lib/workshop/person-name';

export interface Head {
  readonly seat: number;
  readonly name: string;
  readonly isAway: boolean;
}

export interface Headcount {
  readonly done: readonly Head[];
  readonly stuck: readonly Head[];
  /** No answer yet: who is here first, then who is away. */
  readonly silent: readonly Head[];
}

export function headcount(
  roster: readonly RosterEntry[],
  replies: readonly PaceReply[],
  online: ReadonlySet<number>,
): Headcount {
  const answers = new Map(replies.map(({ seat, answer }) => [seat, answer]));
  const of = (answer: PaceReply['answer'] | undefined): Head[] =>
    roster
      .filter(({ person }) => person.role === 'attendee' && answers.get(person.seat) === answer)
      .map(({ person }) => ({
        seat: person.seat,
        name: personName(person),
        isAway: !online.has(person.seat),
      }))
      .sort((a, b) => Number(a.isAway) - Number(b.isAway));
  return { done: of('done'), stuck: of('stuck'), silent: of(undefined) };
}
