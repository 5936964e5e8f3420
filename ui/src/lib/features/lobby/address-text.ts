/** How addresses and codes are written on a wall. */

/** What has to be typed of an address: browsers add `http://` by themselves. */
export function shortAddress(url: string): string {
  return url.replace(/^http:\/\//, '').replace(/\/$/, '');
}

/** The code in groups that are read out and typed easily: `K7M 4QX`. */
export function spacedCode(code: string): string {
  const half = Math.ceil(code.length / 2);
  return code.length > 4 ? `${code.slice(0, half)} ${code.slice(half)}` : code;
}

/** Letters and digits read one by one by a screen reader. */
export function spelledCode(code: string): string {
  return Array.from(code).join(' ');
}

/** Width of a character of the code font, in parts of its size; none is wider. */
const CHARACTER_EM = 0.62;

/** The largest type size at which a text stays on one line, in percent of its container's width. */
export function fittingSize(text: string): number {
  return Math.round((100 / (Math.max(1, text.length) * CHARACTER_EM)) * 100) / 100;
}
