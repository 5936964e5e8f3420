/** Figures of a result. */

/** The part that `count` is of `people`, in whole percent. */
export function percent(count: number, people: number): number {
  return people > 0 ? Math.round((count / people) * 100) : 0;
}

export interface ScaleFigures {
  mean: number;
  median: number;
}

/** Mean and median of numbers from 1, by how often each was chosen; nothing without answers. */
export function scaleFigures(counts: readonly number[]): ScaleFigures | null {
  const people = counts.reduce((sum, count) => sum + count, 0);
  if (people === 0) return null;
  const sum = counts.reduce((total, count, index) => total + count * (index + 1), 0);
  const lower = numberAt(counts, Math.floor((people - 1) / 2));
  const upper = numberAt(counts, Math.floor(people / 2));
  return { mean: sum / people, median: (lower + upper) / 2 };
}

/** The number at a place of the sorted answers, from 0. */
function numberAt(counts: readonly number[], place: number): number {
  let passed = 0;
  for (const [index, count] of counts.entries()) {
    passed += count;
    if (place < passed) return index + 1;
  }
  return counts.length;
}
