/** The parts of the editor, from left to right. */
export const PANES = ['steps', 'text', 'preview'] as const;

export type Pane = (typeof PANES)[number];
