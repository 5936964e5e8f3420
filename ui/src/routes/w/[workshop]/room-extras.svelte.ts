/** Help and chat of a room, as far as its bars show them. */
import { chatBadge, chatLabel } from '$lib/features/chat/chat-mark';
import { Talk } from '$lib/features/chat/talk.svelte';
import { HelpDesk } from '$lib/features/help/help-desk.svelte';
import { helpMark, helpWords } from '$lib/features/help/help-state';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

export class RoomExtras {
  readonly workshop: LiveWorkshop;
  readonly desk: HelpDesk;
  readonly talk: Talk;

  readonly chatLabel: string | undefined = $derived.by(() => chatLabel(this.talk));
  readonly chatBadge: string | undefined = $derived.by(() => chatBadge(this.talk));
  readonly helpWords: string = $derived.by(() => helpWords(this.desk.state));
  readonly helpMark: string | undefined = $derived.by(() => helpMark(this.desk.state));

  constructor(workshop: LiveWorkshop) {
    this.workshop = workshop;
    this.desk = new HelpDesk(workshop);
    this.talk = new Talk(workshop);
  }
}
