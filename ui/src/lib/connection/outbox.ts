/**
 * Commands that the server has not acknowledged yet. They outlive a reload: each is an entry of
 * the browser's storage until its answer comes, and is sent again on every connection. The server
 * does a command once, whoever sends it how often.
 */
import type { ClientMessage } from '$lib/api/wire';
import { randomId } from '$lib/browser/id';
import * as storage from '$lib/browser/storage';

/** A command with the id under which it is done once. */
export type Command = Exclude<ClientMessage, { type: 'hello' }>;

/** A command before it has an id. */
export type CommandBody = Command extends infer C
  ? C extends { id: string }
    ? Omit<C, 'id'>
    : never
  : never;

/** A command that waits for its answer. */
export interface PendingCommand {
  readonly id: string;
  readonly body: CommandBody;
  /** When it was given, by this browser's clock; milliseconds since the Unix epoch. */
  readonly sinceMs: number;
  /** Orders commands given in the same millisecond. */
  readonly order: number;
}

export class Outbox {
  readonly #prefix: string;
  #pending: readonly PendingCommand[];

  /** The outbox of a seat, with what an earlier page left in it. */
  constructor(workshop: string, seat: number) {
    this.#prefix = `outbox.${workshop}.${String(seat)}.`;
    this.#pending = storage
      .keys(this.#prefix)
      .map((key) => parse(storage.read(key)))
      .filter((command) => command !== null)
      .sort((a, b) => a.sinceMs - b.sinceMs || a.order - b.order);
  }

  /** The waiting commands, oldest first. */
  get pending(): readonly PendingCommand[] {
    return this.#pending;
  }

  /** Keeps a command until its answer comes. */
  add(body: CommandBody, nowMs: number): PendingCommand {
    const order = (this.#pending.at(-1)?.order ?? 0) + 1;
    const command = { id: randomId(), body, sinceMs: nowMs, order };
    storage.write(this.#prefix + command.id, JSON.stringify(command));
    this.#pending = [...this.#pending, command];
    return command;
  }

  /** Forgets a command that was answered. */
  settle(id: string): void {
    storage.remove(this.#prefix + id);
    this.#pending = this.#pending.filter((command) => command.id !== id);
  }
}

/** The command as it is sent. */
export function frameOf(command: PendingCommand): Command {
  // The body is a command without its id; with it, it is that command again.
  return { ...command.body, id: command.id };
}

function parse(text: string | null): PendingCommand | null {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isPending(value) ? value : null;
  } catch {
    return null;
  }
}

function isPending(value: unknown): value is PendingCommand {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'sinceMs' in value &&
    typeof value.sinceMs === 'number' &&
    'order' in value &&
    typeof value.order === 'number' &&
    'body' in value &&
    typeof value.body === 'object' &&
    value.body !== null &&
    'type' in value.body
  );
}
