/**
 * What a room needs, but not before the first step can be read: one download of its own, fetched
 * when the browser is idle.
 */

export { default as AnnouncementBanner } from '$lib/features/chat/AnnouncementBanner.svelte';
export { default as ChatPanel } from '$lib/features/chat/ChatPanel.svelte';
export { default as StartMaterials } from '$lib/features/materials/room/StartMaterials.svelte';
export { default as CatchUpCard } from '$lib/features/pace/attendee/CatchUpCard.svelte';
export { default as PaceStrip } from '$lib/features/pace/attendee/PaceStrip.svelte';
export { default as GuidePage } from '$lib/features/steps/GuidePage.svelte';
export { default as RequiredLine } from '$lib/features/steps/RequiredLine.svelte';
export { default as RevisionNote } from '$lib/features/steps/RevisionNote.svelte';
export { RoomExtras } from './room-extras.svelte';
export { default as RoomConnection } from './RoomConnection.svelte';
export { default as RoomNotices } from './RoomNotices.svelte';
export { default as RoomQuestions } from './RoomQuestions.svelte';
export { default as RoomSheets } from './RoomSheets.svelte';
