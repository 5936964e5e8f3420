/** Commands whose refusal has no place of its own on the page. */
import { problemText } from '$lib/api/problems';
import { toasts } from '$lib/components/toasts.svelte';
import type { CommandBody } from '$lib/connection/outbox';
import type { LiveWorkshop } from '$lib/workshop/live-workshop.svelte';

/** Gives a command, and says in the corner why it was not done. */
export async function tell(workshop: LiveWorkshop, body: CommandBody): Promise<boolean> {
  const outcome = await workshop.send(body);
  if (!outcome.ok) toasts.show({ tone: 'negative', text: problemText(outcome.problem) });
  return outcome.ok;
}
