/** What is shown, but is not for the clipboard: prompts, answers, and what a diff takes away. */
const NOT_COPIED = '.prompt, .out, .del, .place';

/**
 * What copying a code block puts into the clipboard. A terminal is meant to be pasted and run, and
 * a diff is copied as the code that it ends with.
 */
export function textToCopy(code: Element): string {
  const copy = code.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll(NOT_COPIED)) part.remove();
  const text = copy.textContent;
  return text === code.textContent ? text : text.replace(/\n$/, '');
}
