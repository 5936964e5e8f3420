/** Where a text has what somebody searched for. */

export interface Portion {
  text: string;
  isFound: boolean;
}

/** Cuts a text at every place that has one of the words searched for, in any case. */
export function marked(text: string, search: string): Portion[] {
  const words = search.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return [{ text, isFound: false }];
  const pattern = words
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&'));
  // What is captured comes at every second place.
  return text
    .split(new RegExp(`(${pattern.join('|')})`, 'giu'))
    .map((part, index) => ({ text: part, isFound: index % 2 === 1 }))
    .filter((portion) => portion.text !== '');
}
