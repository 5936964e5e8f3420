/** How much there is to read. */

/**
 * Han, kana and Thai write words without spaces between them: a letter counts there, as word
 * processors count them. Everywhere else (Korean too) a word is what stands between spaces.
 */
const WORDS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[\p{L}\p{N}](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}])[\p{L}\p{N}\p{M}'’_-])*/gu;

/** The number of words in a text. */
export function words(text: string): number {
  return text.match(WORDS)?.length ?? 0;
}
