/** The keys that turn pages. */

export type StepKey = 'previous' | 'next' | 'shortcuts';

/** What a key press asks for; `null` while somebody types, chooses or holds another key. */
export function stepKey(event: KeyboardEvent): StepKey | null {
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return null;
  if (isBusy(event.target)) return null;
  switch (event.key) {
    case 'ArrowLeft':
      return 'previous';
    case 'ArrowRight':
      return 'next';
    case '?':
      return 'shortcuts';
    default:
      return null;
  }
}

/** Whether arrows mean something else where the focus is: a field, a dialog, code that scrolls. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      'input, textarea, select, dialog, [contenteditable], pre, .table, [role=tablist]',
    ) !== null
  );
}
