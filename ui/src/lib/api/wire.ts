/** The wire's types by their names. All come from Rust by way of `schema.d.ts`. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type AgendaCodelab = Schemas['AgendaCodelab'];
export type AgendaStep = Schemas['AgendaStep'];
export type ClientMessage = Schemas['ClientMessage'];
export type CodelabDetail = Schemas['CodelabDetail'];
export type CodelabPage = Schemas['CodelabPage'];
export type CodelabSummary = Schemas['CodelabSummary'];
export type Diagnostic = Schemas['Diagnostic'];
export type DiagnosticCode = Schemas['DiagnosticCode'];
export type Entrance = Schemas['Entrance'];
export type EntranceWorkshop = Schemas['EntranceWorkshop'];
export type EventMessage = Schemas['EventMessage'];
export type Facilitation = Schemas['Facilitation'];
export type Facilitator = Schemas['Facilitator'];
export type Health = Schemas['Health'];
export type HelpPlace = Schemas['HelpPlace'];
export type HelpRequest = Schemas['HelpRequest'];
export type ImportReason = Schemas['ImportReason'];
export type ImportRefusal = Schemas['ImportRefusal'];
export type ImportReport = Schemas['ImportReport'];
export type Invitation = Schemas['Invitation'];
export type Joined = Schemas['Joined'];
export type Lobby = Schemas['Lobby'];
export type LobbyAddress = Schemas['LobbyAddress'];
export type LocalName = Schemas['LocalName'];
export type Message = Schemas['Message'];
export type NetworkKind = Schemas['NetworkKind'];
export type NoName = Schemas['NoName'];
export type PaceAnswer = Schemas['PaceAnswer'];
export type PaceMoment = Schemas['PaceMoment'];
export type PaceReply = Schemas['PaceReply'];
export type Person = Schemas['Person'];
export type Poll = Schemas['Poll'];
export type PollResult = Schemas['PollResult'];
export type Presence = Schemas['Presence'];
export type Problem = Schemas['Problem'];
export type ProblemCode = Schemas['ProblemCode'];
export type Progress = Schemas['Progress'];
export type Pulse = Schemas['Pulse'];
export type ReactionSeats = Schemas['ReactionSeats'];
export type RosterEntry = Schemas['RosterEntry'];
export type SeatTimeline = Schemas['SeatTimeline'];
export type ServerMessage = Schemas['ServerMessage'];
export type Snapshot = Schemas['Snapshot'];
export type StepDetail = Schemas['StepDetail'];
export type StepTime = Schemas['StepTime'];
export type Timer = Schemas['Timer'];
export type WorkshopSummary = Schemas['WorkshopSummary'];

/** A message of a given type, out of a union of messages. */
export type OfType<M extends { type: string }, T extends M['type']> = Extract<M, { type: T }>;
