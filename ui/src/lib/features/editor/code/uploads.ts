/** Pictures on their way into the text: shown where they will be, but no part of the text yet. */
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, WidgetType, type DecorationSet } from '@codemirror/view';

class Uploading extends WidgetType {
  readonly id: number;
  readonly label: string;

  constructor(id: number, label: string) {
    super();
    this.id = id;
    this.label = label;
  }

  override eq(other: Uploading): boolean {
    return other.id === this.id;
  }

  toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'cm-uploading';
    mark.textContent = this.label;
    return mark;
  }
}

export const addUpload = StateEffect.define<{ id: number; at: number; label: string }>({
  map: (value, changes) => ({ ...value, at: changes.mapPos(value.at) }),
});
export const removeUpload = StateEffect.define<number>();

const isUpload = (id: number) => (value: Decoration) =>
  (value.spec as { widget?: Uploading }).widget?.id === id;

export const uploads = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let next = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(addUpload)) {
        const { id, at, label } = effect.value;
        const widget = Decoration.widget({ widget: new Uploading(id, label), side: 1 });
        next = next.update({ add: [widget.range(at)] });
      } else if (effect.is(removeUpload)) {
        next = next.update({ filter: (_from, _to, value) => !isUpload(effect.value)(value) });
      }
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Where a picture on its way will be; `null` when it is gone. */
export function uploadPlace(set: DecorationSet, id: number): number | null {
  const cursor = set.iter();
  while (cursor.value !== null) {
    if (isUpload(id)(cursor.value)) return cursor.from;
    cursor.next();
  }
  return null;
}
