/** Where two texts differ: the same up to `from`, and again from `toA` and `toB` on. */
export function difference(
  a: string,
  b: string,
): { readonly from: number; readonly toA: number; readonly toB: number } {
  const shorter = Math.min(a.length, b.length);
  let from = 0;
  while (from < shorter && a.charCodeAt(from) === b.charCodeAt(from)) from += 1;
  let toA = a.length;
  let toB = b.length;
  while (toA > from && toB > from && a.charCodeAt(toA - 1) === b.charCodeAt(toB - 1)) {
    toA -= 1;
    toB -= 1;
  }
  return { from, toA, toB };
}
