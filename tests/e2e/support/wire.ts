/** The server's types as the interface knows them: generated from the Rust code. */
import type { components } from '../../../ui/src/lib/api/schema.d.ts';

type Schemas = components['schemas'];

export type AgendaCodelab = Schemas['AgendaCodelab'];
export type CodelabDetail = Schemas['CodelabDetail'];
export type CodelabPage = Schemas['CodelabPage'];
export type Lobby = Schemas['Lobby'];
export type SavedRevision = Schemas['SavedRevision'];
export type Snapshot = Schemas['Snapshot'];
export type WorkshopPage = Schemas['WorkshopPage'];
export type WorkshopSummary = Schemas['WorkshopSummary'];
