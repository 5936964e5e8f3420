/** The state of a workshop on screen: a connection, an outbox, and the model they feed. */
import type {
  HelpRequest,
  Person,
  Problem,
  RosterEntry,
  ServerMessage,
  Snapshot,
} from '$lib/api/wire';
import { Connection, type ConnectionStatus } from '$lib/connection/connection';
import { findElsewhere } from '$lib/connection/elsewhere';
import { frameOf, Outbox, type CommandBody, type PendingCommand } from '$lib/connection/outbox';

import { apply } from './apply';
import { modelOf, type WorkshopModel } from './model';

/** What became of a command. */
export type Outcome =
  | { ok: true; seq: number }
  /** It stays in `refused` under its id, unless whoever gave it keeps what it says. */
  | { ok: false; id: string; problem: Problem };

export class LiveWorkshop {
  readonly id: string;

  model = $state.raw<WorkshopModel | null>(null);
  status = $state<ConnectionStatus>('connecting');
  /** Commands without an answer yet, oldest first. */
  pending = $state.raw<readonly PendingCommand[]>([]);
  /** What to add to this browser's clock to have the server's, in milliseconds. */
  clockOffsetMs = $state(0);

  /** Commands that were refused for good and not dismissed, oldest first. */
  refused = $state.raw<readonly PendingCommand[]>([]);

  readonly me: Person | null = $derived(this.model?.snapshot.you.person ?? null);
  readonly isFacilitator = $derived(this.me?.role === 'facilitator');
  readonly ended = $derived(this.model?.snapshot.status === 'ended');
  /** One's own request while one waits. */
  readonly waitingHelp: HelpRequest | null = $derived(this.model?.snapshot.you.helpRequest ?? null);
  readonly roster: readonly RosterEntry[] = $derived(
    this.model?.snapshot.facilitation?.roster ?? [],
  );
  /** Who waits, oldest first; for facilitators. */
  readonly queue: readonly HelpRequest[] = $derived(
    (this.model?.snapshot.facilitation?.helpRequests ?? []).filter(isWaiting),
  );
  /** Attendees with a connection. */
  readonly onlineCount: number = $derived(this.model?.pulse?.online ?? 0);

  readonly #connection: Connection;
  readonly #waiting = new Map<string, (outcome: Outcome) => void>();
  readonly #listeners = new Set<(message: ServerMessage) => void>();
  #outbox: Outbox | null = null;
  #addresses: readonly string[] = [];
  /** Until it fires, commands wait here: the server said *not yet*. */
  #deferral: ReturnType<typeof setTimeout> | undefined;
  /** The part of the log this browser has, without holes. */
  #cursor: number | undefined;

  constructor(id: string) {
    this.id = id;
    this.#connection = new Connection(id, {
      after: () => this.#cursor,
      message: (message) => {
        this.#take(message);
      },
      status: (status) => {
        this.status = status;
      },
      open: () => {
        this.#sendPending();
      },
      failed: (attempt) => {
        void findElsewhere(this.id, this.#addresses, attempt);
      },
    });
  }

  /** Connects; `initial` is what joining answered. */
  start(initial?: Snapshot): void {
    if (initial !== undefined && this.model === null) {
      this.model = modelOf(initial);
      this.#cursor = initial.seq;
      this.#openOutbox(initial.you.person.seat);
    }
    this.#connection.start();
  }

  stop(): void {
    clearTimeout(this.#deferral);
    this.#deferral = undefined;
    this.#connection.stop();
  }

  /**
   * Gives a command; the answer comes when the server has it, possibly after reconnects. With the
   * id of one that was refused, that one is given again.
   */
  send(body: CommandBody, refusedId?: string): Promise<Outcome> {
    const outbox = this.#outbox;
    if (outbox === null) {
      return Promise.reject(new Error('a command needs a seat: wait for the model'));
    }
    const command = outbox.add(body, Date.now(), refusedId);
    this.#look();
    if (this.#deferral === undefined) this.#connection.send(frameOf(command));
    return new Promise((resolve) => this.#waiting.set(command.id, resolve));
  }

  /** Forgets a command that was refused. */
  dismiss(id: string): void {
    this.#outbox?.settle(id);
    this.#look();
  }

  /** Keeps a command that was dismissed by mistake. */
  restore(command: PendingCommand): void {
    this.#outbox?.keep(command);
    this.#look();
  }

  /** Calls back with each message that the model has taken; the returned function ends it. */
  hear(listener: (message: ServerMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #take(message: ServerMessage): void {
    switch (message.type) {
      case 'welcome':
        this.clockOffsetMs = message.nowMs - Date.now();
        this.#addresses = message.addresses;
        this.#openOutbox(message.person.seat);
        break;
      case 'heartbeat':
        this.clockOffsetMs = message.nowMs - Date.now();
        break;
      case 'ack':
        this.#settle(message.id, { ok: true, seq: message.seq });
        break;
      case 'rejected': {
        const { id, problem } = message;
        if (id !== undefined) this.#settle(id, { ok: false, id, problem });
        break;
      }
      case 'deferred':
        this.#defer(message.retryAfterMs);
        break;
      case 'snapshot':
        this.model = apply(this.model, message);
        this.#cursor = message.seq;
        break;
      case 'events':
        this.#takeEvents(message);
        break;
      case 'presence':
      case 'pulse':
      case 'help_place':
      case 'poll_result':
        this.model = apply(this.model, message);
        break;
    }
    for (const listener of this.#listeners) listener(message);
  }

  /** A part that does not follow on what is here would leave a hole: ask for a snapshot instead. */
  #takeEvents(message: Extract<ServerMessage, { type: 'events' }>): void {
    if (this.#cursor === undefined || message.after > this.#cursor) {
      this.#cursor = undefined;
      this.#connection.stop();
      this.#connection.start();
      return;
    }
    this.model = apply(this.model, message);
    this.#cursor = Math.max(this.#cursor, message.upTo);
  }

  /** Sends everything that waits, oldest first. */
  #sendPending(): void {
    clearTimeout(this.#deferral);
    this.#deferral = undefined;
    for (const command of this.pending) this.#connection.send(frameOf(command));
  }

  /** Holds commands back, so that they keep their order when they are sent again. */
  #defer(retryAfterMs: number): void {
    this.#deferral ??= setTimeout(() => {
      this.#sendPending();
    }, retryAfterMs);
  }

  /** Another seat of the same browser has another outbox. */
  #openOutbox(seat: number): void {
    if (this.#outbox?.seat !== seat) this.#outbox = new Outbox(this.id, seat);
    this.#look();
  }

  #look(): void {
    this.pending = this.#outbox?.pending ?? [];
    this.refused = this.#outbox?.refused ?? [];
  }

  /** Whoever gave the command hears of a refusal before the page shows it, and may dismiss it. */
  #settle(id: string, outcome: Outcome): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (outcome.ok) this.#outbox?.settle(id);
    else this.#outbox?.refuse(id, { code: outcome.problem.code, isHeard: answer !== undefined });
    answer?.(outcome);
    this.#look();
  }
}

function isWaiting(request: HelpRequest): boolean {
  return request.status === 'open' || request.status === 'claimed';
}
