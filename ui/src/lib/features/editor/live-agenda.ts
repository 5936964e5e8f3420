/** Whether people are reading a codelab right now. */
import { codelab, workshops } from '$lib/api/api';

/** A look at the newest workshops: those that are live come first. */
const LOOK_AT = 20;

/** Whether a live workshop has a codelab on its agenda. Not to know is no reason to wait. */
export async function isOnLiveAgenda(id: string): Promise<boolean> {
  const [detail, list] = await Promise.all([codelab(id), workshops({ limit: LOOK_AT })]);
  if (!detail.ok || !list.ok) return false;
  const { title } = detail.value.summary;
  return list.value.items.some(
    ({ status, codelabs }) => status === 'live' && codelabs.includes(title),
  );
}
