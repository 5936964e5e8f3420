/** Answering polls, and which one a person is told of. */
import type { Poll, PollAnswer } from '$lib/api/wire';
import * as storage from '$lib/browser/storage';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';
import { readPollDrafts, writePollDrafts } from '$lib/workshop/poll-drafts';

import { finished } from './answer';

export class PollDesk {
  readonly workshop: LiveWorkshop;
  /** What was chosen or typed and not sent yet, by poll; outlives the sheet and the page. */
  #drafts = $state.raw<ReadonlyMap<number, PollAnswer>>(new Map());
  /** Polls whose result the person has seen or put away. */
  #seen = $state.raw<readonly number[]>([]);
  readonly #seenKey: string;

  readonly polls: readonly Poll[] = $derived.by(() => this.workshop.model?.snapshot.polls ?? []);

  /** What the room is asked, else the newest result that was not looked at. */
  readonly current: Poll | null = $derived.by(() => {
    if (this.workshop.ended || this.workshop.isFacilitator) return null;
    const asked = this.polls.find((poll) => poll.open);
    const told = this.polls.findLast((poll) => this.isNews(poll));
    return asked ?? told ?? null;
  });

  constructor(workshop: LiveWorkshop) {
    this.workshop = workshop;
    this.#drafts = readPollDrafts(workshop.id);
    this.#seenKey = `polls-seen.${workshop.id}`;
    this.#seen = (storage.read(this.#seenKey) ?? '').split(',').filter(Boolean).map(Number);
  }

  /** The answer that the server has. */
  sent(poll: number): PollAnswer | undefined {
    const own = this.workshop.model?.snapshot.you.pollAnswers ?? [];
    return own.find((answer) => answer.poll === poll)?.answer;
  }

  /** The answer that is on its way. */
  pending(poll: number): PollAnswer | undefined {
    const found = this.workshop.pending.findLast(
      ({ body }) => body.type === 'answer_poll' && body.poll === poll,
    );
    return found?.body.type === 'answer_poll' ? found.body.answer : undefined;
  }

  /** What stands in the form. */
  draft(poll: number): PollAnswer | undefined {
    return this.#drafts.get(poll) ?? this.pending(poll) ?? this.sent(poll);
  }

  change(poll: number, answer: PollAnswer): void {
    this.#keepDrafts([...new Map(this.#drafts).set(poll, answer)]);
  }

  async send(poll: Poll): Promise<void> {
    const answer = finished(poll.form, this.draft(poll.id));
    if (answer === null) return;
    const outcome = this.workshop.send({ type: 'answer_poll', poll: poll.id, answer });
    this.#keepDrafts([...this.#drafts].filter(([id]) => id !== poll.id));
    await outcome;
  }

  /** Whether the room was shown a result that the person has not looked at. */
  isNews(poll: Poll): boolean {
    return poll.revealed && !this.#seen.includes(poll.id);
  }

  /** No more word of the results that can be seen now. */
  putAway(): void {
    this.#see(this.polls.filter((poll) => poll.revealed).map((poll) => poll.id));
  }

  /** A result that was hidden is news when it is shown again. */
  forgetHidden(): void {
    if (this.workshop.model === null) return;
    const hidden = new Set(this.polls.filter((poll) => !poll.revealed).map((poll) => poll.id));
    if (this.#seen.some((id) => hidden.has(id))) {
      this.#see(this.#seen.filter((id) => !hidden.has(id)));
    }
  }

  #keepDrafts(drafts: [number, PollAnswer][]): void {
    this.#drafts = new Map(drafts);
    writePollDrafts(this.workshop.id, this.#drafts);
  }

  #see(polls: readonly number[]): void {
    this.#seen = polls;
    storage.write(this.#seenKey, polls.join(','));
  }
}
