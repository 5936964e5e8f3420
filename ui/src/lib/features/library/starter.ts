import { m } from '$lib/paraglide/messages';

/** What a new codelab begins with, in the language of who writes it. */
export function starter(title: string, language: string): string {
  return [
    '---',
    `language: ${language}`,
    '---',
    '',
    `# ${title}`,
    '',
    `## ${m.editor_new_first_step()}`,
    'Duration: 5',
    '',
    m.editor_new_first_text(),
    '',
  ].join('\n');
}
