/**
 * Join codes and resume codes as people type, paste and read them. The server has the last word;
 * here a code is only brought into its one form.
 */

/** A kind of code: how many characters it has and how many stand together. */
export interface CodeKind {
  readonly length: number;
  readonly group: number;
}

export const JOIN_CODE: CodeKind = { length: 6, group: 3 };
export const RESUME_CODE: CodeKind = { length: 10, group: 5 };

/** The alphabet of the server's codes: nothing in it looks like something else. */
const CODE = /^[A-HJKMNPQRT-Z346789]+$/;

/** What was typed as a code, without spaces and hyphens; of a pasted link only its fragment. */
export function plainCode(typed: string): string {
  const pasted = typed.slice(typed.lastIndexOf('#') + 1);
  return pasted.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** A code in groups, the way it is easiest to compare with a screen. */
export function groupedCode(code: string, kind: CodeKind): string {
  const groups: string[] = [];
  for (let at = 0; at < code.length; at += kind.group) groups.push(code.slice(at, at + kind.group));
  return groups.join(' ');
}

/** The code that a text (such as an address's fragment) is; `null` if it is none of this kind. */
export function codeIn(text: string, kind: CodeKind): string | null {
  const code = plainCode(text);
  return code.length === kind.length && CODE.test(code) ? code : null;
}

/** What a field shows for what was typed, and where its cursor belongs. */
export function typedCode(
  typed: string,
  cursor: number,
  kind: CodeKind,
): { text: string; cursor: number } {
  const plain = plainCode(typed).slice(0, kind.length);
  const before = Math.min(plainCode(typed.slice(0, cursor)).length, plain.length);
  const gaps = before === 0 ? 0 : Math.floor((before - 1) / kind.group);
  return { text: groupedCode(plain, kind), cursor: before + gaps };
}
