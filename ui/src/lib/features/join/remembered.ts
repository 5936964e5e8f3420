/** What this browser keeps of its seats, beside the cookie that no script can read. */
import { randomId } from '$lib/browser/id';
import * as storage from '$lib/browser/storage';
import { resumeCodeKey } from '$lib/connection/elsewhere';

const NAME = 'name';
const joinKey = (workshop: string): string => `join.${workshop}`;

/** The name this person gave last time. */
export function rememberedName(): string {
  return storage.read(NAME) ?? '';
}

/**
 * The secret id of this browser's wish to join. The same one is sent until a seat is there, so
 * that an answer lost on the way does not become a second seat.
 */
export function joinId(workshop: string): string {
  const known = storage.read(joinKey(workshop));
  if (known !== null) return known;
  const id = randomId();
  storage.write(joinKey(workshop), id);
  return id;
}

/** Keeps what the next visit needs once somebody is seated. */
export function rememberSeat(workshop: string, name: string, resumeCode?: string): void {
  storage.remove(joinKey(workshop));
  storage.write(NAME, name);
  if (resumeCode !== undefined) rememberResumeCode(workshop, resumeCode);
}

/** The seat's resume code, if it was made in this browser. */
export function rememberedResumeCode(workshop: string): string | null {
  return storage.read(resumeCodeKey(workshop));
}

export function rememberResumeCode(workshop: string, code: string): void {
  storage.write(resumeCodeKey(workshop), code);
}
