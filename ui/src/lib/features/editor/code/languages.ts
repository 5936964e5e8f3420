/**
 * Languages of code blocks. Each is loaded when a text has a block of it, but for those that Markdown
 * and its front matter bring along.
 */
import { css } from '@codemirror/lang-css';
import { html } from '@codemirror/lang-html';
import { javascript } from '@codemirror/lang-javascript';
import { yaml } from '@codemirror/lang-yaml';
import { LanguageDescription, LanguageSupport, StreamLanguage } from '@codemirror/language';
import type { StreamParser } from '@codemirror/language';

const stream = async (
  module: Promise<Record<string, StreamParser<unknown>>>,
  name: string,
): Promise<LanguageSupport> => {
  const parser = (await module)[name];
  if (parser === undefined) throw new Error(`there is no ${name}`);
  return new LanguageSupport(StreamLanguage.define(parser));
};

const one = (
  name: string,
  alias: readonly string[],
  load: () => LanguageSupport | Promise<LanguageSupport>,
): LanguageDescription =>
  LanguageDescription.of({ name, alias, load: () => Promise.resolve(load()) });

export const codeLanguages: LanguageDescription[] = [
  one('python', ['py', 'python3'], async () => (await import('@codemirror/lang-python')).python()),
  one('javascript', ['js', 'jsx', 'mjs', 'node'], () => javascript({ jsx: true })),
  one('typescript', ['ts', 'tsx'], () => javascript({ jsx: true, typescript: true })),
  one('html', ['htm', 'svelte', 'vue'], () => html()),
  one('css', ['scss'], () => css()),
  one('json', ['jsonc', 'json5'], async () => (await import('@codemirror/lang-json')).json()),
  one('yaml', ['yml'], () => yaml()),
  one('rust', ['rs'], async () => (await import('@codemirror/lang-rust')).rust()),
  one('go', ['golang'], async () => (await import('@codemirror/lang-go')).go()),
  one('java', [], async () => (await import('@codemirror/lang-java')).java()),
  one('cpp', ['c', 'c++', 'h', 'hpp', 'arduino', 'ino'], async () =>
    (await import('@codemirror/lang-cpp')).cpp(),
  ),
  one('sql', ['sqlite', 'postgres', 'mysql'], async () =>
    (await import('@codemirror/lang-sql')).sql(),
  ),
  one('xml', ['svg', 'xhtml'], async () => (await import('@codemirror/lang-xml')).xml()),
  one('shell', ['sh', 'bash', 'zsh', 'console', 'shell-session', 'terminal'], () =>
    stream(import('@codemirror/legacy-modes/mode/shell'), 'shell'),
  ),
  one('powershell', ['ps1', 'pwsh'], () =>
    stream(import('@codemirror/legacy-modes/mode/powershell'), 'powerShell'),
  ),
  one('dockerfile', ['docker'], () =>
    stream(import('@codemirror/legacy-modes/mode/dockerfile'), 'dockerFile'),
  ),
  one('toml', [], () => stream(import('@codemirror/legacy-modes/mode/toml'), 'toml')),
  one('ini', ['properties', 'env'], () =>
    stream(import('@codemirror/legacy-modes/mode/properties'), 'properties'),
  ),
  one('diff', ['patch'], () => stream(import('@codemirror/legacy-modes/mode/diff'), 'diff')),
  one('ruby', ['rb'], () => stream(import('@codemirror/legacy-modes/mode/ruby'), 'ruby')),
  one('swift', [], () => stream(import('@codemirror/legacy-modes/mode/swift'), 'swift')),
  one('kotlin', ['kt', 'kts'], () => stream(clike(), 'kotlin')),
  one('dart', [], () => stream(clike(), 'dart')),
  one('csharp', ['cs', 'c#'], () => stream(clike(), 'csharp')),
];

/** A module with more in it than parsers. */
async function clike(): Promise<Record<string, StreamParser<unknown>>> {
  const { kotlin, dart, csharp } = await import('@codemirror/legacy-modes/mode/clike');
  return { kotlin, dart, csharp };
}
