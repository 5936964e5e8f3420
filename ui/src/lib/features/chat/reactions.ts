/** The six answers of one character. */
import type { Message, Reaction } from '$lib/api/wire';
import { m } from '$lib/paraglide/messages';

export interface ReactionKind {
  readonly reaction: Reaction;
  readonly emoji: string;
  readonly name: () => string;
}

export const REACTIONS: readonly ReactionKind[] = [
  { reaction: 'thumbs_up', emoji: '👍', name: m.talk_reaction_thumbs_up },
  { reaction: 'heart', emoji: '❤️', name: m.talk_reaction_heart },
  { reaction: 'party', emoji: '🎉', name: m.talk_reaction_party },
  { reaction: 'laugh', emoji: '😂', name: m.talk_reaction_laugh },
  { reaction: 'surprise', emoji: '😮', name: m.talk_reaction_surprise },
  { reaction: 'eyes', emoji: '👀', name: m.talk_reaction_eyes },
];

/** A reaction that a message has. */
export interface ReactionCount extends ReactionKind {
  readonly count: number;
  readonly isOwn: boolean;
}

/** What a message has, in an order that does not change while people tap. */
export function reactionCounts({ reactions = [] }: Message, seat: number): ReactionCount[] {
  return REACTIONS.flatMap((kind) => {
    const seats = reactions.find(({ reaction }) => reaction === kind.reaction)?.seats ?? [];
    return seats.length === 0
      ? []
      : [{ ...kind, count: seats.length, isOwn: seats.includes(seat) }];
  });
}
