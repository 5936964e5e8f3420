/** What is new in the conversation, for a button or a tab. */
import { m } from '$lib/paraglide/messages';

/** What was not read. */
export interface News {
  readonly unread: number;
  readonly unreadDirect: number;
  /** Whether somebody called this person by name in it. */
  readonly isCalled: boolean;
}

/** A badge has room for two digits. */
const MOST = 99;

/** In words; nothing if nothing is new. */
export function chatLabel({ unread, unreadDirect, isCalled }: News): string | undefined {
  const count = unread + unreadDirect;
  if (count === 0) return undefined;
  if (isCalled) return m.talk_open_called({ count });
  return unreadDirect > 0 ? m.talk_open_direct({ count }) : m.chat_open_unread({ count });
}

/** As a mark: what is meant for this person alone comes before numbers. */
export function chatBadge({ unread, unreadDirect, isCalled }: News): string | undefined {
  const count = unread + unreadDirect;
  if (count === 0) return undefined;
  const digits = count > MOST ? `${String(MOST)}+` : String(count);
  return isCalled ? `@${digits}` : digits;
}
