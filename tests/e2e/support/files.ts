/** Codelabs that somebody brings along, written to a folder of the test's own. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Two steps of five and ten minutes, an info box, French, code and a picture. */
export const LITTLE = {
  title: 'Petite leçon à l’œil',
  steps: ['Déjà prêt', 'Écrire'],
  markdown: `---
summary: Deux étapes
language: fr
---

# Petite leçon à l’œil

## Déjà prêt
Duration: 5:00

![Un carré vert](img/carre.svg)

> aside positive
> Ça marche sans Internet.

## Écrire
Duration: 10:00

\`\`\`python
print("ça alors")
\`\`\`
`,
  picture:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200"><rect width="200" height="200" fill="#2e7d32"/></svg>',
};

/** Text without a heading: no codelab. */
export const NOTES = 'Buy bread.\n\nAnd apples.\n';

/** Writes files below a folder; answers their paths. */
export async function write(folder: string, files: Record<string, string>): Promise<string[]> {
  const written: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    written.push(path);
  }
  return written;
}
