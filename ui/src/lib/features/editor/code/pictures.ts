/** Pictures that were pasted, dropped or chosen: uploaded, then named in the text. */
import type { EditorView } from '@codemirror/view';

import { uploadFile } from '$lib/api/authoring';
import { problemText } from '$lib/api/problems';
import { toasts } from '$lib/components/toasts.svelte';
import { m } from '$lib/paraglide/messages';

import { addUpload, removeUpload, uploadPlace, uploads } from './uploads';

export class PictureUploads {
  readonly #view: EditorView;
  readonly #codelab: string;
  #next = 1;

  constructor(view: EditorView, codelab: string) {
    this.#view = view;
    this.#codelab = codelab;
  }

  /** Uploads pictures and names each in the text, at the place where it was put. */
  add(files: readonly File[], at: number): void {
    for (const file of files) void this.#add(file, at);
  }

  async #add(file: File, at: number): Promise<void> {
    const id = this.#next;
    this.#next += 1;
    const label = m.editor_uploading({ name: file.name });
    this.#view.dispatch({ effects: addUpload.of({ id, at, label }) });
    const answer = await uploadFile(this.#codelab, file);
    const place = uploadPlace(this.#view.state.field(uploads), id);
    this.#view.dispatch({ effects: removeUpload.of(id) });
    if (!answer.ok) {
      const text = m.editor_upload_failed({ name: file.name, reason: problemText(answer.problem) });
      toasts.show({ tone: 'negative', text, timeoutMs: 12_000 });
      return;
    }
    this.#name(answer.value.reference, place ?? this.#view.state.selection.main.to);
  }

  /** Its description is selected: the next thing to type. */
  #name(reference: string, at: number): void {
    const words = m.editor_alt_placeholder();
    const anchor = at + 2;
    this.#view.dispatch({
      changes: { from: at, insert: `![${words}](${reference})` },
      selection: { anchor, head: anchor + words.length },
      scrollIntoView: true,
      userEvent: 'input.paste',
    });
    this.#view.focus();
  }
}
