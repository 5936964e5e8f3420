/**
 * model ← message, pure. The log's order is kept: an event that the model already contains changes
 * nothing, so that a part that is sent twice does no harm.
 */
import type {
  EventMessage,
  Facilitation,
  HelpRequest,
  Message,
  OfType,
  Presence,
  Progress,
  RosterEntry,
  ServerMessage,
  Snapshot,
} from '$lib/api/wire';

import { assertNever } from './assert-never';
import { modelOf, type WorkshopModel } from './model';

/** What is left of a message once the connection has taken its own part. */
export type ModelMessage = Exclude<
  ServerMessage,
  { type: 'welcome' | 'ack' | 'rejected' | 'heartbeat' }
>;

/** The model after a message; without a model only a snapshot makes one. */
export function apply(model: WorkshopModel | null, message: ModelMessage): WorkshopModel | null {
  if (message.type === 'snapshot') {
    const { type: _, ...snapshot } = message;
    const next = modelOf(snapshot);
    return model === null ? next : { ...next, online: model.online, pulse: model.pulse };
  }
  if (model === null) return null;
  switch (message.type) {
    case 'events': {
      const snapshot = message.events.reduce(applyEvent, model.snapshot);
      const helpPlace = snapshot.you.helpRequest === undefined ? null : model.helpPlace;
      const seq = Math.max(snapshot.seq, message.upTo);
      return { ...model, helpPlace, snapshot: { ...snapshot, seq } };
    }
    case 'presence':
      return { ...model, online: applyPresence(model.online, message) };
    case 'pulse': {
      const { type: _, ...pulse } = message;
      return { ...model, pulse };
    }
    case 'help_place': {
      const { type: _, ...helpPlace } = message;
      return { ...model, helpPlace };
    }
    default:
      return assertNever(message);
  }
}

function applyPresence(before: ReadonlySet<number>, presence: Presence): ReadonlySet<number> {
  const online = new Set(presence.complete ? [] : before);
  for (const seat of presence.online) online.add(seat);
  for (const seat of presence.offline) online.delete(seat);
  return online;
}

/** A snapshot after an event. */
export function applyEvent(snapshot: Snapshot, event: EventMessage): Snapshot {
  if (event.seq <= snapshot.seq) return snapshot;
  return { ...change(snapshot, event), seq: event.seq };
}

function change(snapshot: Snapshot, event: EventMessage): Snapshot {
  switch (event.type) {
    case 'workshop_started':
      return { ...snapshot, title: event.title };
    case 'seat_taken':
      return facilitated(snapshot, (room) => ({ ...room, roster: seated(room.roster, event) }));
    case 'step_entered':
    case 'step_completed':
    case 'step_reopened':
      return withProgress(snapshot, event);
    case 'message_posted':
    case 'announcement_made':
      return { ...snapshot, messages: said(snapshot.messages, event.message) };
    case 'help_raised':
      return withHelp(snapshot, event.request.from.seat, event.request.id, () => event.request);
    case 'help_claimed':
      return withHelp(snapshot, event.seat, event.helpRequest, (request) =>
        request === undefined ? undefined : { ...request, status: 'claimed', by: event.by },
      );
    case 'help_resolved':
      return withHelp(snapshot, event.seat, event.helpRequest, (request) =>
        request === undefined ? undefined : { ...request, status: 'resolved', by: event.by },
      );
    case 'help_withdrawn':
      return withHelp(snapshot, event.seat, event.helpRequest, (request) => {
        if (request === undefined) return undefined;
        const { by: _, ...rest } = request;
        return { ...rest, status: 'withdrawn' };
      });
    case 'join_code_requirement_changed':
      return facilitated(snapshot, (room) => ({ ...room, codeRequired: event.required }));
    case 'workshop_ended':
      return { ...snapshot, status: 'ended', endedAtMs: event.atMs };
    default:
      return assertNever(event);
  }
}

function facilitated(snapshot: Snapshot, update: (room: Facilitation) => Facilitation): Snapshot {
  if (snapshot.facilitation === undefined) return snapshot;
  return { ...snapshot, facilitation: update(snapshot.facilitation) };
}

function seated(roster: RosterEntry[], event: OfType<EventMessage, 'seat_taken'>): RosterEntry[] {
  if (roster.some((entry) => entry.person.seat === event.person.seat)) return roster;
  return [...roster, { person: event.person, joinedAtMs: event.atMs, progress: [] }];
}

function said(messages: Message[], message: Message): Message[] {
  if (messages.some((known) => known.id === message.id)) return messages;
  return [...messages, message];
}

type StepEvent = OfType<EventMessage, 'step_entered' | 'step_completed' | 'step_reopened'>;

/** Somebody with progress: a line of the roster, or oneself. */
interface Walker {
  progress: Progress[];
  lastCodelab?: string;
}

function withProgress(snapshot: Snapshot, event: StepEvent): Snapshot {
  const own = snapshot.you.person.seat === event.seat;
  const you = own ? walked(snapshot.you, event) : snapshot.you;
  return facilitated({ ...snapshot, you }, (room) => ({
    ...room,
    roster: room.roster.map((entry) =>
      entry.person.seat === event.seat ? walked(entry, event) : entry,
    ),
  }));
}

function walked<W extends Walker>(walker: W, event: StepEvent): W {
  const known = walker.progress.find((progress) => progress.codelab === event.codelab);
  const next = stepped(known ?? { codelab: event.codelab, completed: [] }, event);
  const progress =
    known === undefined
      ? [...walker.progress, next]
      : walker.progress.map((entry) => (entry === known ? next : entry));
  if (event.type !== 'step_entered') return { ...walker, progress };
  return { ...walker, progress, lastCodelab: event.codelab };
}

function stepped(progress: Progress, event: StepEvent): Progress {
  const others = progress.completed.filter((step) => step !== event.step);
  switch (event.type) {
    case 'step_entered':
      return { ...progress, current: event.step, enteredAtMs: event.atMs };
    case 'step_completed':
      return { ...progress, completed: [...others, event.step] };
    case 'step_reopened':
      return { ...progress, completed: others };
    default:
      return assertNever(event);
  }
}

type HelpUpdate = (known: HelpRequest | undefined) => HelpRequest | undefined;

function withHelp(snapshot: Snapshot, seat: number, id: number, update: HelpUpdate): Snapshot {
  const next = snapshot.you.person.seat === seat ? withOwnHelp(snapshot, id, update) : snapshot;
  return facilitated(next, (room) => {
    const known = room.helpRequests.find((request) => request.id === id);
    const changed = update(known);
    if (changed === undefined) return room;
    const helpRequests =
      known === undefined
        ? [...room.helpRequests, changed]
        : room.helpRequests.map((request) => (request === known ? changed : request));
    return { ...room, helpRequests };
  });
}

/** One's own request stands there while one waits. */
function withOwnHelp(snapshot: Snapshot, id: number, update: HelpUpdate): Snapshot {
  const { helpRequest, ...rest } = snapshot.you;
  const known = helpRequest?.id === id ? helpRequest : undefined;
  const changed = update(known);
  if (changed === undefined) return snapshot;
  const waits = changed.status === 'open' || changed.status === 'claimed';
  return { ...snapshot, you: waits ? { ...rest, helpRequest: changed } : rest };
}
