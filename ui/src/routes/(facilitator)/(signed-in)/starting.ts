import { createContext } from 'svelte';

import type { CodelabSummary } from '$lib/api/wire';

/** Opens the dialog that starts a workshop; the layout of the signed-in pages owns it. */
export const [getStart, setStart] = createContext<(codelabs: readonly CodelabSummary[]) => void>();
