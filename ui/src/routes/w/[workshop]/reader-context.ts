import { createContext } from 'svelte';

import type { Reader } from '$lib/features/steps/reader.svelte';

/** The reader of the workshop around a page; a function, since the workshop may change. */
export const [getReader, setReader] = createContext<Reader>();
