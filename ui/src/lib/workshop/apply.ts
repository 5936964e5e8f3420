/**
 * model ← message, pure. The log's order is kept: an event that the model already contains changes
 * nothing, so that a part that is sent twice does no harm.
 */
import type { EventMessage, Presence, ServerMessage, Snapshot } from '$lib/api/wire';

import { helped, raised } from './apply/help';
import { deleted, directed, pinned, reacted, said } from './apply/messages';
import { paceAnswered } from './apply/pace';
import { answered, withPoll } from './apply/polls';
import { withProgress } from './apply/progress';
import { quizAnswered } from './apply/quizzes';
import { active, facilitated, seated, withSeat } from './apply/seats';
import { assertNever } from './assert-never';
import { modelOf, type WorkshopModel } from './model';

/** What is left of a message once the connection has taken its own part. */
export type ModelMessage = Exclude<
  ServerMessage,
  { type: 'welcome' | 'ack' | 'rejected' | 'deferred' | 'heartbeat' }
>;

/** The model after a message; without a model only a snapshot makes one. */
export function apply(model: WorkshopModel | null, message: ModelMessage): WorkshopModel | null {
  if (message.type === 'snapshot') {
    const { type: _, ...snapshot } = message;
    const next = modelOf(snapshot);
    if (model === null) return next;
    return { ...next, online: model.online, pulse: model.pulse, results: model.results };
  }
  if (model === null) return null;
  switch (message.type) {
    case 'events': {
      const snapshot = message.events.reduce(applyEvent, model.snapshot);
      const helpPlace = snapshot.you.helpRequest === undefined ? null : model.helpPlace;
      const seq = Math.max(snapshot.seq, message.upTo);
      const results = withoutReset(model.results, message.events);
      return { ...model, helpPlace, results, snapshot: { ...snapshot, seq } };
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
    case 'poll_result': {
      const { type: _, ...result } = message;
      return { ...model, results: new Map(model.results).set(result.poll, result) };
    }
    default:
      return assertNever(message);
  }
}

/** The results without those of polls that begin anew: what was answered before is not theirs. */
function withoutReset(
  results: WorkshopModel['results'],
  events: readonly EventMessage[],
): WorkshopModel['results'] {
  const reset = events.flatMap((event) => (event.type === 'poll_reset' ? [event.poll] : []));
  if (reset.length === 0) return results;
  return new Map([...results].filter(([poll]) => !reset.includes(poll)));
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
    case 'codelab_revised': {
      const { codelab, title, guide, required, steps } = event;
      const revised = {
        codelab,
        title,
        ...(guide ? { guide } : {}),
        ...(required ? { required } : {}),
        steps,
      };
      const agenda = snapshot.agenda.map((known) => (known.codelab === codelab ? revised : known));
      return { ...snapshot, agenda };
    }
    case 'seat_taken':
      return seated(snapshot, event);
    case 'seat_muted':
      return withSeat(snapshot, event.seat, { muted: event.muted });
    case 'following_changed':
      return withSeat(snapshot, event.seat, { following: event.following });
    case 'step_entered':
    case 'step_completed':
    case 'step_reopened':
      return withProgress(snapshot, event);
    case 'message_posted':
    case 'announcement_made':
      return said(snapshot, event.message);
    case 'direct_message_posted':
      return directed(snapshot, event.message);
    case 'message_deleted':
      return deleted(snapshot, event.message);
    case 'message_pinned':
      return pinned(snapshot, event.message, event.pinned);
    case 'reacted':
      return reacted(snapshot, event);
    case 'slow_mode_changed':
      return { ...snapshot, slowModeSeconds: event.seconds };
    case 'help_raised':
      return raised(snapshot, event.request);
    case 'help_claimed':
    case 'help_handed_back':
    case 'help_resolved':
    case 'help_withdrawn':
      return helped(snapshot, event);
    case 'pace_asked': {
      const { paceAnswer: _, ...you } = snapshot.you;
      const next = { ...snapshot, you, pace: event.pace };
      return facilitated(next, (room) => ({ ...room, paceAnswers: [] }));
    }
    case 'pace_answered':
      return paceAnswered(snapshot, event);
    case 'pace_closed':
      if (snapshot.pace?.id !== event.pace) return snapshot;
      return { ...snapshot, pace: { ...snapshot.pace, open: false } };
    case 'timer_started':
      return { ...snapshot, timer: event.timer };
    case 'timer_stopped': {
      const { timer: _, ...rest } = snapshot;
      return rest;
    }
    case 'lead_taken':
    case 'lead_moved':
      return { ...snapshot, lead: event.lead };
    case 'lead_released': {
      const { lead: _, ...rest } = snapshot;
      return rest;
    }
    case 'steps_limited': {
      const { codelab, last } = event;
      const others = (snapshot.stepLimits ?? []).filter((limit) => limit.codelab !== codelab);
      return { ...snapshot, stepLimits: last ? [...others, { codelab, last }] : others };
    }
    case 'poll_opened':
      return { ...snapshot, polls: [...(snapshot.polls ?? []), event.poll] };
    case 'poll_answered':
      return answered(snapshot, event);
    case 'poll_closed':
      return withPoll(snapshot, event.poll, { open: false });
    case 'poll_revealed':
      return withPoll(snapshot, event.poll, { revealed: event.revealed });
    case 'poll_reset': {
      const pollAnswers = snapshot.you.pollAnswers?.filter((own) => own.poll !== event.poll);
      const next = { ...snapshot, you: { ...snapshot.you, pollAnswers: pollAnswers ?? [] } };
      return withPoll(next, event.poll, { open: true, revealed: false });
    }
    case 'quiz_answered':
      return quizAnswered(snapshot, event);
    // What was said and handed in is told in the report.
    case 'feedback_given': {
      const { from } = event.feedback;
      return from ? active(snapshot, from.seat, event.atMs) : snapshot;
    }
    case 'work_submitted':
      return active(snapshot, event.submission.from.seat, event.atMs);
    case 'workshop_imported':
      return snapshot;
    case 'join_code_requirement_changed':
      return facilitated(snapshot, (room) => ({ ...room, codeRequired: event.required }));
    case 'end_scheduled':
    case 'workshop_ended': {
      const { endsAtMs: _, ...rest } = snapshot;
      if (event.type === 'workshop_ended') {
        return { ...rest, status: 'ended', endedAtMs: event.atMs };
      }
      return event.endsAtMs ? { ...rest, endsAtMs: event.endsAtMs } : rest;
    }
    default:
      return assertNever(event);
  }
}
