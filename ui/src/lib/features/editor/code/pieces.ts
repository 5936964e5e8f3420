/** What the insert menu offers: its words in the language on screen, its signs in the dialect's. */
import ChartBar from '@lucide/svelte/icons/chart-bar';
import CircleQuestionMark from '@lucide/svelte/icons/circle-question-mark';
import CodeXml from '@lucide/svelte/icons/code-xml';
import Info from '@lucide/svelte/icons/info';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Sigma from '@lucide/svelte/icons/sigma';
import Table from '@lucide/svelte/icons/table';
import Terminal from '@lucide/svelte/icons/terminal';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import Workflow from '@lucide/svelte/icons/workflow';
import type { Component } from 'svelte';

import { m } from '$lib/paraglide/messages';

import { MARK } from './format';

export interface Piece {
  readonly label: string;
  readonly icon: Component<{ size?: number }>;
  /** Markdown; the part between two {@link MARK}s is selected. */
  readonly text: string;
}

const marked = (words: string): string => MARK + words + MARK;

export function pieces(): Piece[] {
  const item = m.editor_piece_item();
  return [
    {
      label: m.editor_insert_positive(),
      icon: Info,
      text: `> aside positive\n> ${marked(m.editor_piece_positive())}`,
    },
    {
      label: m.editor_insert_negative(),
      icon: TriangleAlert,
      text: `> aside negative\n> ${marked(m.editor_piece_negative())}`,
    },
    {
      label: m.editor_insert_code(),
      icon: CodeXml,
      text: `\`\`\`python\n${marked('print("Hello")')}\n\`\`\``,
    },
    {
      label: m.editor_insert_console(),
      icon: Terminal,
      text: `\`\`\`console\n$ ${marked('ls -l')}\n\`\`\``,
    },
    {
      label: m.editor_insert_table(),
      icon: Table,
      text: `| ${marked(m.editor_piece_column())} | ${m.editor_piece_column()} |\n| --- | --- |\n| ${item} | ${item} |`,
    },
    {
      label: m.editor_insert_quiz(),
      icon: CircleQuestionMark,
      text: `\`\`\`quiz\n${marked(m.editor_piece_question())}\n- [ ] ${m.editor_piece_wrong()}\n- [x] ${m.editor_piece_right()}\n\`\`\``,
    },
    {
      label: m.editor_insert_checklist(),
      icon: ListChecks,
      text: `- [ ] ${marked(item)}\n- [ ] ${item}`,
    },
    {
      label: m.editor_insert_poll(),
      icon: ChartBar,
      text: `\`\`\`poll\n${marked(m.editor_piece_question())}\n- ${m.editor_piece_answer()} 1\n- ${m.editor_piece_answer()} 2\n\`\`\``,
    },
    {
      label: m.editor_insert_maths(),
      icon: Sigma,
      text: `$$\n${marked('a^2 + b^2 = c^2')}\n$$`,
    },
    {
      label: m.editor_insert_diagram(),
      icon: Workflow,
      text: `\`\`\`mermaid\n${marked('flowchart LR\n  A --> B')}\n\`\`\``,
    },
  ];
}
