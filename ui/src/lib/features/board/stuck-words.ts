/** Why somebody may need a facilitator, in words. */
import { formatMinutes, formatWait } from '$lib/browser/duration';
import { locale } from '$lib/browser/locale.svelte';
import { m } from '$lib/paraglide/messages';
import { personName } from '$lib/workshop/person-name';

import type { StuckReason } from './stuck';

/** One reason. `codelab` is the one that is being looked at: others are named. */
export function reasonWords(reason: StuckReason, codelab: string | undefined): string[] {
  switch (reason.kind) {
    case 'waiting': {
      const waits = m.stuck_waiting({ time: formatWait(reason.forMs, locale.current) });
      return reason.by ? [waits, m.stuck_helped({ name: personName(reason.by) })] : [waits];
    }
    case 'answered':
      return [m.stuck_answered()];
    case 'dwell': {
      const { position, codelab: where } = reason.at;
      const time = formatMinutes(reason.forMs, locale.current);
      const planned = formatMinutes(reason.planMs, locale.current);
      return [
        where.codelab === codelab
          ? m.stuck_dwell({ time, position, planned })
          : m.stuck_dwell_elsewhere({ time, position, planned, codelab: where.title }),
      ];
    }
    case 'silent':
      return [m.stuck_silent({ time: formatMinutes(reason.forMs, locale.current) })];
  }
}

/** All reasons, as one line. */
export function reasonsLine(reasons: readonly StuckReason[], codelab: string | undefined): string {
  return reasons.flatMap((reason) => reasonWords(reason, codelab)).join(' · ');
}
