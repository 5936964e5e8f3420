/** Who facilitates on this machine, and who was invited to. */
import {
  facilitators,
  invitations,
  invite,
  removeFacilitator,
  revokeInvitation,
} from '$lib/api/facilitating';
import type { Result } from '$lib/api/result';
import type { FacilitatorEntry, Invitation, InvitationEntry, Problem } from '$lib/api/wire';

export class Team {
  /** `null` until the first answer. */
  facilitators = $state.raw<readonly FacilitatorEntry[] | null>(null);
  invitations = $state.raw<readonly InvitationEntry[]>([]);
  /** The invitation that was just made: its links are told this once. */
  fresh = $state.raw<Invitation | null>(null);
  problem = $state.raw<Problem | null>(null);

  /** Invitations that somebody can still use. */
  readonly open = $derived(this.invitations.filter(({ status }) => status === 'open'));
  readonly settled = $derived(this.invitations.filter(({ status }) => status !== 'open'));

  async load(): Promise<void> {
    const [people, invited] = await Promise.all([facilitators(), invitations()]);
    if (people.ok) this.facilitators = people.value.items;
    if (invited.ok) this.invitations = invited.value.items;
    this.problem = people.ok ? (invited.ok ? null : invited.problem) : people.problem;
    if (this.fresh && !this.open.some(({ id }) => id === this.fresh?.id)) this.fresh = null;
  }

  /** Invites somebody by name; the problem when that failed. */
  async invite(name: string): Promise<Problem | null> {
    const made = await invite(name);
    if (!made.ok) return made.problem;
    await this.load();
    this.fresh = made.value;
    return null;
  }

  async revoke(id: string): Promise<void> {
    await this.#after(revokeInvitation(id));
  }

  /** Takes somebody's rights away; whether they are gone. */
  async remove(id: string): Promise<boolean> {
    return this.#after(removeFacilitator(id));
  }

  async #after(request: Promise<Result<true>>): Promise<boolean> {
    const answer = await request;
    // Somebody else was faster: that is what was wanted.
    if (!answer.ok && answer.problem.status !== 404) {
      this.problem = answer.problem;
      return false;
    }
    await this.load();
    return true;
  }
}
