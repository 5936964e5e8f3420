/** What can be done about a message, by whom. */
import type { Message } from '$lib/api/wire';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

export interface Rights {
  readonly react: boolean;
  readonly reply: boolean;
  readonly pin: boolean;
  readonly remove: boolean;
  /** `true` offers to mute the author, `false` to let them write again. */
  readonly mute: boolean | null;
}

const NOTHING: Rights = { react: false, reply: false, pin: false, remove: false, mute: null };

/** What this page's person may do; the server decides again. */
export function rightsOn(message: Message, workshop: LiveWorkshop): Rights {
  const { me, isFacilitator, ended, roster, model } = workshop;
  if (me === null || ended || message.deleted === true) return NOTHING;
  const isMuted = model?.snapshot.you.muted === true;
  const author = roster.find(({ person }) => person.seat === message.from.seat);
  const canMute = isFacilitator && author !== undefined && message.from.role === 'attendee';
  return {
    react: !isMuted,
    reply: message.kind === 'direct' || !isMuted,
    pin: isFacilitator && message.kind !== 'direct',
    remove: isFacilitator || message.from.seat === me.seat,
    mute: canMute ? author.muted !== true : null,
  };
}
