/** The report of one workshop, as it was when it was asked for. */
import { workshopReport } from '$lib/api/facilitating';
import type { Problem, WorkshopReport } from '$lib/api/wire';

export class ReportReader {
  readonly workshop: string;
  report = $state.raw<WorkshopReport | null>(null);
  problem = $state.raw<Problem | null>(null);
  isLoading = $state(false);

  constructor(workshop: string) {
    this.workshop = workshop;
  }

  async load(): Promise<void> {
    if (this.isLoading) return;
    this.isLoading = true;
    const answer = await workshopReport(this.workshop);
    this.isLoading = false;
    if (answer.ok) this.report = answer.value;
    this.problem = answer.ok ? null : answer.problem;
  }
}
