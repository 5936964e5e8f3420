import { createContext } from 'svelte';

import type { Message } from '$lib/api/wire';

import type { Conversation } from './conversation.svelte';
import type { Talk } from './talk.svelte';

/** What the lines of a thread share. */
export interface ThreadTools {
  readonly talk: Talk;
  readonly conversation: Conversation;
  /** Answers a message. */
  readonly reply: (message: Message) => void;
  /** Brings a message into view. */
  readonly jump: (id: number) => void;
  /** Asks, and takes a message back. */
  readonly remove: (message: Message) => void;
}

export const [getThread, setThread] = createContext<ThreadTools>();
