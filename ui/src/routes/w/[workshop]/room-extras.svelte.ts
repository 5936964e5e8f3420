/** Help and chat of a room, as far as its bars show them. */
import { unreadCount } from '$lib/features/chat/message-groups';
import { ReadMarks } from '$lib/features/chat/read-marks.svelte';
import { HelpDesk } from '$lib/features/help/help-desk.svelte';
import { helpMark, helpWords } from '$lib/features/help/help-state';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

export class RoomExtras {
  readonly workshop: LiveWorkshop;
  readonly desk: HelpDesk;
  readonly marks: ReadMarks;

  /** Messages that were not read. */
  readonly unread: number = $derived.by(() => {
    const { me, model } = this.workshop;
    return me && model ? unreadCount(model.snapshot.messages, this.marks.readId, me) : 0;
  });
  readonly helpWords: string = $derived.by(() => helpWords(this.desk.state));
  readonly helpMark: string | undefined = $derived.by(() => helpMark(this.desk.state));

  constructor(workshop: LiveWorkshop) {
    this.workshop = workshop;
    this.desk = new HelpDesk(workshop);
    this.marks = new ReadMarks(workshop.id);
  }
}
