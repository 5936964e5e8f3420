/** A backup of the web platform, as a folder: one codelab with a past workshop, one without. */

const at = (time: string) => `2026-03-04 ${time}:00`;

const step = (codelab: string, number: number) => ({
  id: `${codelab}${String(number)}`,
  codelab_id: codelab,
  step_number: number,
  title: `Step ${String(number)}`,
  content_markdown: 'Words.',
});

const BACKUP = {
  version: 1,
  created_at: '2026-03-05T00:00:00Z',
  data: {
    codelabs: [
      { id: 'git', title: 'Git for everybody', guide_markdown: 'Bring a laptop.' },
      { id: 'go', title: 'Go' },
      { id: 'none', title: 'Empty' },
    ],
    steps: [step('git', 1), step('git', 2), step('go', 1)],
    attendees: [
      { id: 'a', codelab_id: 'git', name: 'Ada', current_step: 2, created_at: at('09:00') },
      { id: 'b', codelab_id: 'git', name: '민수', current_step: 1, created_at: at('09:05') },
    ],
    chat_messages: [
      {
        codelab_id: 'git',
        sender_name: 'Grace',
        message: 'Welcome, everybody',
        msg_type: 'chat',
        created_at: at('09:10'),
      },
    ],
    feedback: [
      {
        codelab_id: 'git',
        attendee_id: 'a',
        difficulty: '2',
        satisfaction: '5',
        comment: 'More of this!',
        created_at: at('10:31'),
      },
      { codelab_id: 'git', difficulty: '4', satisfaction: '3', created_at: at('10:32') },
    ],
    submissions: [
      {
        codelab_id: 'git',
        attendee_id: 'a',
        file_path: '/uploads/submissions/w.txt',
        file_name: 'work.txt',
        file_size: 9,
        created_at: at('10:00'),
      },
    ],
  },
};

export const BACKUP_FILES: Record<string, string> = {
  'backup.json': JSON.stringify(BACKUP),
  'uploads/submissions/w.txt': 'Ada’s work',
};
