/**
 * Three texts into one: what only one side changed is taken over, what both changed is a conflict
 * that a person decides.
 */
import { diff3Merge } from 'node-diff3';

/** A part on which nobody has to decide. */
interface Agreed {
  readonly kind: 'agreed';
  readonly text: readonly string[];
}

/** Lines that both sides changed, each in its own way. */
export interface Conflict {
  readonly kind: 'conflict';
  readonly base: readonly string[];
  readonly theirs: readonly string[];
  readonly mine: readonly string[];
}

export type Part = Agreed | Conflict;

/** What somebody decided about a conflict. */
export type Choice = 'mine' | 'theirs' | 'both' | { readonly edited: string };

/** The merged text in parts, line by line. */
export function merge(base: string, theirs: string, mine: string): Part[] {
  const regions = diff3Merge(mine.split('\n'), base.split('\n'), theirs.split('\n'), {
    excludeFalseConflicts: true,
  });
  return regions.flatMap((region): Part[] => {
    if (region.ok) return [{ kind: 'agreed', text: region.ok }];
    if (!region.conflict) return [];
    const { a, o, b } = region.conflict;
    return [{ kind: 'conflict', mine: a, base: o, theirs: b }];
  });
}

export const conflictsIn = (parts: readonly Part[]): Conflict[] =>
  parts.filter((part) => part.kind === 'conflict');

/** The lines that a choice stands for. */
export function chosenLines(conflict: Conflict, choice: Choice): readonly string[] {
  switch (choice) {
    case 'mine':
      return conflict.mine;
    case 'theirs':
      return conflict.theirs;
    case 'both':
      return [...conflict.theirs, ...conflict.mine];
    default:
      return choice.edited === '' ? [] : choice.edited.split('\n');
  }
}

/** The text, once every conflict has its choice; `null` while one is open. */
export function resolved(
  parts: readonly Part[],
  choices: readonly (Choice | undefined)[],
): string | null {
  const lines: string[] = [];
  let open = 0;
  for (const part of parts) {
    if (part.kind === 'agreed') {
      lines.push(...part.text);
      continue;
    }
    const choice = choices[open];
    open += 1;
    if (choice === undefined) return null;
    lines.push(...chosenLines(part, choice));
  }
  return lines.join('\n');
}
