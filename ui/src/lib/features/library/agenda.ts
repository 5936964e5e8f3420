/** A list in an order that somebody arranges. */

/** The list with the item at `index` moved one place up (-1) or down (1); unchanged at the ends. */
export function moved<T>(list: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const item = list[index];
  const other = list[index + by];
  if (item === undefined || other === undefined) return list;
  return list.map((kept, at) => (at === index ? other : at === index + by ? item : kept));
}

/** The list with an item added at the end, or without it if it was there. */
export function toggled<T>(list: readonly T[], item: T): readonly T[] {
  return list.includes(item) ? list.filter((kept) => kept !== item) : [...list, item];
}
