/** The text field: CodeMirror with Markdown, in our words and colours. */
import { defaultKeymap, history, historyKeymap, redo, undo } from '@codemirror/commands';
import { indentUnit } from '@codemirror/language';
import { markdown, markdownLanguage } from '@codemirror/lang-markdown';
import { yamlFrontmatter } from '@codemirror/lang-yaml';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import {
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchKeymap,
} from '@codemirror/search';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';

import { m } from '$lib/paraglide/messages';

import { linked, wrapped } from './format';
import { codeLanguages } from './languages';
import { phrases } from './phrases';
import { theme } from './theme';
import { uploads } from './uploads';

export interface EditorHooks {
  onchange: (source: string) => void;
  oncursor: (at: number) => void;
  /** Pictures were pasted or dropped at a place. */
  onpictures: (pictures: readonly File[], at: number) => void;
  onsave: () => void;
}

const words = new Compartment();

/** What follows the language on screen. */
const inWords = (): Extension => [
  EditorState.phrases.of(phrases()),
  EditorView.contentAttributes.of({ 'aria-label': m.editor_text_label() }),
];

export const bold = (view: EditorView): boolean => {
  view.dispatch(view.state.update(wrapped(view.state, '**'), { userEvent: 'input.format' }));
  return true;
};

export const italic = (view: EditorView): boolean => {
  view.dispatch(view.state.update(wrapped(view.state, '*'), { userEvent: 'input.format' }));
  return true;
};

export const link = (view: EditorView): boolean => {
  view.dispatch(linked(view.state, m.editor_piece_link()), { userEvent: 'input.format' });
  return true;
};

export { openSearchPanel, redo, undo };

/** Makes the text field in an element; undo begins with this text. */
export function createEditor(parent: HTMLElement, doc: string, hooks: EditorHooks): EditorView {
  return new EditorView({
    parent,
    state: EditorState.create({ doc, extensions: extensions(hooks) }),
  });
}

/** Says everything in the language on screen. */
export function reword(view: EditorView): void {
  view.dispatch({ effects: words.reconfigure(inWords()) });
}

/** What every text of a codelab looks like, also where it is only compared. */
export function looks(): Extension {
  return [
    yamlFrontmatter({
      content: markdown({ base: markdownLanguage, codeLanguages, completeHTMLTags: false }),
    }),
    EditorView.lineWrapping,
    theme,
  ];
}

function extensions(hooks: EditorHooks): Extension {
  const ours = [
    { key: 'Mod-s', preventDefault: true, run: () => (hooks.onsave(), true) },
    { key: 'Mod-b', run: bold },
    { key: 'Mod-i', run: italic },
    { key: 'Mod-k', run: link },
  ];
  return [
    Prec.high(keymap.of(ours)),
    words.of(inWords()),
    lineNumbers(),
    lintGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    dropCursor(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    indentUnit.of('  '),
    uploads,
    looks(),
    EditorView.contentAttributes.of({
      // It can be reached by Tab anyway; this says so to whoever asks the page.
      tabindex: '0',
      spellcheck: 'true',
      autocorrect: 'on',
      autocapitalize: 'on',
    }),
    // Tab leaves the field: whoever has no mouse must get out of it.
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...lintKeymap]),
    EditorView.updateListener.of(({ docChanged, selectionSet, state }) => {
      if (docChanged) hooks.onchange(state.doc.toString());
      if (docChanged || selectionSet) hooks.oncursor(state.selection.main.head);
    }),
    EditorView.domEventHandlers({
      paste: (event, view) =>
        takePictures(event, event.clipboardData, view.state.selection.main.to, hooks),
      dragover: (event) => {
        if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
        return false;
      },
      drop: (event, view) => {
        const at =
          view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
        return takePictures(event, event.dataTransfer, at, hooks);
      },
    }),
  ];
}

function takePictures(
  event: Event,
  data: DataTransfer | null,
  at: number,
  { onpictures }: EditorHooks,
): boolean {
  const files = [...(data?.files ?? [])];
  const pictures = files.filter(({ type }) => type.startsWith('image/'));
  // Spreadsheets give a picture of a table along with its words: the words are meant.
  if (pictures.length === 0 || data?.types.includes('text/plain')) return false;
  event.preventDefault();
  onpictures(pictures, at);
  return true;
}
