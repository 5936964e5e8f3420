/** Commands of the bar: what is refused is said. */
import { problemText } from '$lib/api/problems';
import { toasts } from '$lib/components/toasts.svelte';
import type { CommandBody } from '$lib/connection/outbox';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

/** Gives a command; `true` when it was done. */
export async function give(workshop: LiveWorkshop, body: CommandBody): Promise<boolean> {
  const outcome = await workshop.send(body);
  if (!outcome.ok) toasts.show({ tone: 'negative', text: problemText(outcome.problem) });
  return outcome.ok;
}
