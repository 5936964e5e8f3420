/** How many calm colours an avatar can have; see Avatar.svelte. */
export const AVATAR_COLOURS = 6;

/**
 * One or two letters for a name: first and last word, or for names written without a space the
 * first character (a Korean or Japanese family name's syllable).
 */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = letter(words[0]);
  return words.length > 1 ? first + letter(words.at(-1)) : first;
}

/** A colour that stays the same for a name on every screen. */
export function avatarColour(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % AVATAR_COLOURS;
}

/** The first whole character: an emoji or a letter with its marks is never cut. */
function letter(word: string | undefined): string {
  if (!word) return '?';
  if (!('Segmenter' in Intl)) return (Array.from(word)[0] ?? '?').toLocaleUpperCase();
  const [first] = new Intl.Segmenter().segment(word);
  return (first?.segment ?? '?').toLocaleUpperCase();
}
