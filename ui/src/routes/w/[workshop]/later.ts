/**
 * What a room needs, but not before the first step can be read: one download of its own, fetched
 * when the browser is idle.
 */
export { default as AnnouncementBanner } from '$lib/features/chat/AnnouncementBanner.svelte';
export { default as ChatPanel } from '$lib/features/chat/ChatPanel.svelte';
export { RoomExtras } from './room-extras.svelte';
export { default as RoomConnection } from './RoomConnection.svelte';
export { default as RoomNotices } from './RoomNotices.svelte';
export { default as RoomSheets } from './RoomSheets.svelte';
