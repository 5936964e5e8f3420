import { createContext } from 'svelte';

import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

/** The workshop that room and lobby share; its layout owns the connection. */
export const [getWorkshop, setWorkshop] = createContext<LiveWorkshop>();
