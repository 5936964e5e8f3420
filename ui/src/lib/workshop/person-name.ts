import type { Person } from '$lib/api/wire';

/** The name on screen; the second Ada is "Ada ·2". */
export function personName({ name, ordinal }: Pick<Person, 'name' | 'ordinal'>): string {
  return ordinal > 1 ? `${name}\u00a0·${String(ordinal)}` : name;
}
