/**
 * The conversation of a workshop on this page: which part of it is open, what is being written,
 * what was not read. It outlives the panels that show it.
 */
import type { Message, Person, Picture, ProblemCode } from '$lib/api/wire';
import type { CommandBody, PendingCommand } from '$lib/connection/outbox';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

import { Draft, type Written } from './draft.svelte';
import { mentionedSeats } from './mentions';
import { isMentioned, unreadCount } from './message-groups';
import { Pins } from './pins.svelte';
import { ReadMarks } from './read-marks.svelte';
import { directThreads, type DirectThread, type ThreadId } from './threads';
import { saidIn, toldBy } from './told';

/** What everybody reads, or what only the facilitators and one attendee do. */
export type Part = 'all' | 'direct';

/** Refusals after which the same thread still takes a message: later, shorter, or another picture. */
const GIVEN_BACK: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'invalid_text',
  'slow_mode',
  'unknown_picture',
]);

export class Talk {
  readonly workshop: LiveWorkshop;
  readonly marks: ReadMarks;
  readonly pins: Pins;
  part = $state<Part>('all');
  /** The attendee whose direct messages a facilitator has open. */
  seat = $state<number | null>(null);
  /** Panels on screen. */
  shown = $state(0);
  readonly #drafts = new Map<ThreadId, Draft>();
  /** Pictures that were sent from here, while their messages are on their way. */
  readonly #sent = new Map<string, Picture>();
  /** Commands whose messages are told already, though they have no answer yet. */
  #told = $state.raw<ReadonlySet<string>>(new Set());
  /** What is on its way and told by nobody yet, oldest first. */
  readonly pending: readonly PendingCommand[] = $derived.by(() =>
    this.workshop.pending.filter(({ id }) => !this.#told.has(id)),
  );

  /** The thread that is open; `null` where a facilitator chooses one. */
  readonly thread: ThreadId | null = $derived.by(() => {
    if (this.part === 'all') return 'all';
    return this.workshop.isFacilitator ? this.seat : (this.workshop.me?.seat ?? null);
  });
  readonly #messages: readonly Message[] = $derived.by(
    () => this.workshop.model?.snapshot.messages ?? [],
  );
  readonly #direct: readonly Message[] = $derived.by(
    () => this.workshop.model?.snapshot.directMessages ?? [],
  );
  /** Messages to everybody that were not read. */
  readonly unread: number = $derived.by(() => {
    const { me } = this.workshop;
    return me ? unreadCount(this.#messages, this.marks.readId('all'), me) : 0;
  });
  /** Direct messages that were not read. */
  readonly unreadDirect: number = $derived.by(() => {
    const { me, isFacilitator } = this.workshop;
    if (me === null) return 0;
    if (!isFacilitator) return unreadCount(this.#direct, this.marks.readId(me.seat), me);
    return this.threads.reduce((sum, { unread }) => sum + unread, 0);
  });
  /** Whether somebody called this person by name in what was not read. */
  readonly isCalled: boolean = $derived.by(() => {
    const { me } = this.workshop;
    const readId = this.marks.readId('all');
    return (
      me !== null &&
      this.#messages.some((message) => message.id > readId && isMentioned(message, me))
    );
  });
  /** With whom facilitators wrote. */
  readonly threads: readonly DirectThread[] = $derived.by(() =>
    directThreads(this.#direct, (seat) => this.marks.readId(seat)),
  );
  /** Whom this page may call by name: who facilitates, who wrote, and for facilitators everybody. */
  readonly people: readonly Person[] = $derived.by(() => {
    const { model, me, roster } = this.workshop;
    const known = new Map<number, Person>();
    const all = [
      ...(model?.snapshot.facilitators ?? []),
      ...this.#messages.map(({ from }) => from),
      ...roster.map(({ person }) => person),
    ];
    for (const person of all) if (person.seat !== me?.seat) known.set(person.seat, person);
    return [...known.values()];
  });

  constructor(workshop: LiveWorkshop) {
    this.workshop = workshop;
    this.marks = new ReadMarks(workshop.id);
    this.pins = new Pins(workshop);
    this.#hearAll();
    workshop.hear((message) => {
      if (message.type === 'events') this.#hear(saidIn(message.events));
      else if (message.type === 'snapshot') this.#hearAll();
    });
  }

  /** What a snapshot has may be older than what says the same and is on its way. */
  #hearAll(): void {
    const { pending, clockOffsetMs } = this.workshop;
    const since = (pending[0]?.sinceMs ?? Infinity) + clockOffsetMs;
    this.#hear([...this.#messages, ...this.#direct].filter(({ atMs }) => atMs >= since));
  }

  #hear(messages: readonly Message[]): void {
    const { pending, me } = this.workshop;
    if (me === null || pending.length === 0) return;
    const found = toldBy(messages, pending, this.#told, me);
    if (found.length === 0) return;
    const known = pending.map(({ id }) => id).filter((id) => this.#told.has(id));
    this.#told = new Set([...known, ...found]);
  }

  /** Opens what was written with an attendee; for facilitators. */
  openThread(seat: number): void {
    this.part = 'direct';
    this.seat = seat;
  }

  /** What is being written in a thread. */
  draft(thread: ThreadId): Draft {
    const known = this.#drafts.get(thread);
    if (known !== undefined) return known;
    const { id } = this.workshop;
    const key = thread === 'all' ? `draft.${id}` : `draft.${id}.${String(thread)}`;
    const draft = new Draft(id, key);
    this.#drafts.set(thread, draft);
    return draft;
  }

  /** Sends what is written in a thread; answers whether it was taken. */
  async send(thread: ThreadId, isAnnouncement = false): Promise<boolean> {
    const draft = this.draft(thread);
    const answered = draft.replyTo ?? undefined;
    const written = draft.take();
    if (written.picture) this.#sent.set(written.picture.file, written.picture);
    const outcome = await this.workshop.send(this.#command(thread, written, isAnnouncement));
    // What can be mended where it was written goes back there.
    if (!outcome.ok && GIVEN_BACK.has(outcome.problem.code) && !this.workshop.ended) {
      draft.giveBack(written, outcome.problem, answered);
      this.workshop.dismiss(outcome.id);
    }
    return outcome.ok;
  }

  /** A picture that is on its way, by what this page knows of it. */
  picture(command: PendingCommand): Picture | undefined {
    if (!('picture' in command.body)) return undefined;
    const file = command.body.picture;
    // After a reload its size is known to the server alone.
    return this.#sent.get(file) ?? { file, width: 4, height: 3 };
  }

  #command(
    thread: ThreadId,
    { text, replyTo, picture }: Written,
    isAnnouncement: boolean,
  ): CommandBody {
    if (isAnnouncement) return { type: 'announce', text };
    const more = {
      text: text.trim(),
      ...(replyTo !== undefined && { replyTo }),
      ...(picture && { picture: picture.file }),
    };
    if (thread === 'all') {
      const mentions = mentionedSeats(text, this.people);
      return { type: 'post_message', ...more, ...(mentions.length > 0 && { mentions }) };
    }
    const seat = this.workshop.isFacilitator ? { with: thread } : {};
    return { type: 'post_direct_message', ...more, ...seat };
  }
}
