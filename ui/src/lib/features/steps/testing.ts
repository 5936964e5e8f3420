/** A small workshop for tests. */
import type { AgendaCodelab, Snapshot } from '$lib/api/wire';

export const git: AgendaCodelab = {
  codelab: 'git',
  title: 'Git from zero',
  steps: [
    { step: 'g1', title: 'Begin', minutes: 3, content: 'c1' },
    { step: 'g2', title: 'Commit', minutes: 10, content: 'c2' },
    { step: 'g3', title: 'Read on', content: 'c3' },
  ],
};

export const python: AgendaCodelab = {
  codelab: 'python',
  title: 'Python basics',
  steps: [{ step: 'p1', title: 'Hello', content: 'c4' }],
};

export function snapshotOf(you: Partial<Snapshot['you']> = {}): Snapshot {
  return {
    seq: 1,
    workshop: 'w1',
    title: 'Tuesday',
    status: 'live',
    startedAtMs: 0,
    agenda: [git, python],
    you: {
      person: { seat: 3, role: 'attendee', name: 'Ada', ordinal: 1 },
      following: true,
      progress: [],
      ...you,
    },
    facilitators: [],
    messages: [],
    hasOlderMessages: false,
  };
}
