/**
 * Commands that the server has not acknowledged. They outlive a reload: each is an entry of the
 * browser's storage until it is acknowledged, and is sent again on every connection. The server
 * does a command once, whoever sends it how often. What is refused for good stays too, under the
 * same key, until its author dismisses it.
 */
import type { ClientMessage, ProblemCode } from '$lib/api/wire';
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

/** Why a command will not be done. */
export interface Refusal {
  readonly code: ProblemCode;
  /** Whether the part of the page that gave the command was still there to be told. */
  readonly isHeard: boolean;
}

/** A command that waits for its answer, or was refused. */
export interface PendingCommand {
  readonly id: string;
  readonly body: CommandBody;
  /** When it was given, by this browser's clock; milliseconds since the Unix epoch. */
  readonly sinceMs: number;
  /** Orders commands given in the same millisecond. */
  readonly order: number;
  readonly refusal?: Refusal;
}

/** Where the commands of a workshop's seats are stored; the seat and the command's id follow. */
export function outboxKeys(workshop: string): string {
  return `outbox.${workshop}.`;
}

/** The stored commands under keys with this beginning, oldest first. */
export function storedCommands(prefix: string): PendingCommand[] {
  return storage
    .keys(prefix)
    .map((key) => parse(storage.read(key)))
    .filter((command) => command !== null)
    .sort((a, b) => a.sinceMs - b.sinceMs || a.order - b.order);
}

export class Outbox {
  readonly seat: number;
  readonly #prefix: string;
  #commands: readonly PendingCommand[];

  /** The outbox of a seat, with what an earlier page left in it. */
  constructor(workshop: string, seat: number) {
    this.seat = seat;
    this.#prefix = `${outboxKeys(workshop)}${String(seat)}.`;
    this.#commands = storedCommands(this.#prefix);
  }

  /** The waiting commands, oldest first. */
  get pending(): readonly PendingCommand[] {
    return this.#commands.filter(({ refusal }) => !refusal);
  }

  /** What was refused and not dismissed, oldest first. */
  get refused(): readonly PendingCommand[] {
    return this.#commands.filter(({ refusal }) => refusal);
  }

  /** Keeps a command until its answer comes; one that was refused waits once more. */
  add(body: CommandBody, nowMs: number, id = randomId()): PendingCommand {
    const order = Math.max(0, ...this.#commands.map((known) => known.order)) + 1;
    const command = { id, body, sinceMs: nowMs, order };
    this.#commands = this.#commands.filter((other) => other.id !== id);
    this.keep(command);
    return command;
  }

  /** Keeps a refused command until it is dismissed. */
  refuse(id: string, refusal: Refusal): void {
    const command = this.#commands.find((waiting) => waiting.id === id);
    if (command) this.keep({ ...command, refusal });
  }

  /** Keeps a command as it is. */
  keep(command: PendingCommand): void {
    storage.write(this.#prefix + command.id, JSON.stringify(command));
    this.#commands = [...this.#commands.filter(({ id }) => id !== command.id), command];
  }

  /** Forgets a command that was acknowledged or dismissed. */
  settle(id: string): void {
    storage.remove(this.#prefix + id);
    this.#commands = this.#commands.filter((command) => command.id !== id);
  }
}

/** The command as it is sent. */
export function frameOf({ id, body }: PendingCommand): Command {
  // The body is a command without its id; with it, it is that command again.
  return { ...body, id };
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
