/**
 * Code inside of words that are otherwise plain. The rule is CommonMark's for code spans: a run of
 * backticks ends at the next one of the same length, and one space on both sides is not part of it.
 */

export interface Words {
  text: string;
  isCode: boolean;
}

/** The words as written, cut where code begins and ends. */
export function codeSpans(written: string): Words[] {
  const words: Words[] = [];
  let from = 0;
  const runs = [...written.matchAll(/`+/g)];
  runs.forEach((run, at) => {
    if (run.index < from) return;
    const end = runs.slice(at + 1).find((other) => other[0].length === run[0].length);
    if (!end) return;
    words.push({ text: written.slice(from, run.index), isCode: false });
    const code = written.slice(run.index + run[0].length, end.index);
    words.push({ text: inner(code), isCode: true });
    from = end.index + end[0].length;
  });
  words.push({ text: written.slice(from), isCode: false });
  return words.filter(({ text }) => text !== '');
}

/** The words of an element in which code is marked already. */
export function wordsIn(element: Element): Words[] {
  return [...element.childNodes].map((node) => ({
    text: node.textContent ?? '',
    isCode: node.nodeName === 'CODE',
  }));
}

function inner(code: string): string {
  const flat = code.replaceAll('\n', ' ');
  return /^ .* $/.test(flat) && flat.trim() !== '' ? flat.slice(1, -1) : flat;
}
