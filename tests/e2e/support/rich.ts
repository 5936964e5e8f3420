/** A codelab with everything that Markdown alone does not have. */
import { mkdir, writeFile } from 'node:fs/promises';

import { expect } from './expect.ts';
import type { Facilitator } from './facilitator.ts';
import { say } from './words.ts';

const FENCE = '```';

export const RICH = {
  title: 'Maths and diagrams',
  steps: ['Formulas', 'Code', 'Diagrams', 'A quiz'],
  markdown: `---
id: rich
summary: Everything that Markdown alone does not have
authors: Ada Lovelace
tags: maths, diagrams
---

# Maths and diagrams

## Formulas
Duration: 3

In a sentence, $e^{i\\pi} + 1 = 0$, and on its own:

$$
x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}, \\qquad \\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}
$$

$$
\\begin{aligned} f(x) &= (x+1)^2 \\\\ &= x^2 + 2x + 1 \\end{aligned}
\\qquad A = \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}
\\qquad |x| = \\begin{cases} x & x \\ge 0 \\\\ -x & \\text{otherwise} \\end{cases}
$$

This one cannot be read: $\\nosuchthing{x}$.

![A picture](img/green.svg)

## Code
Duration: 5

${FENCE}python {file="greet.py" start=10 mark="2-3"}
def greet(name):
    """Says hello,
    on two lines."""
    print(f"Hello {name}")
${FENCE}

${FENCE}python {file="greet.py" diff lines}
 def greet(name):
-    print("Hello")
+    print(f"Hello {name}")
${FENCE}

${FENCE}diff
--- a/greet.py
+++ b/greet.py
@@ -1 +1 @@
-old
+new
${FENCE}

${FENCE}console
$ git status
On branch main
nothing to commit, working tree clean
$ git log --oneline
${FENCE}

## Diagrams
Duration: 2

${FENCE}mermaid
flowchart LR
  accTitle: How a request travels
  Browser --> Server
  Server --> Database[(Database)]
  Database --> Server
${FENCE}

${FENCE}mermaid
sequenceDiagram
  Ada->>Server: Raise help
  Server-->>Grace: Ada waits
${FENCE}

${FENCE}mermaid
flowchart nonsense ((
${FENCE}

## A quiz

${FENCE}quiz
What prints 3?
- [ ] print(1)
- [x] print(1 + 2)
> The secret is that it adds.
${FENCE}
`,
  picture:
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200"><rect width="200" height="200" fill="#2e7d32"/></svg>',
};

/** Brings it into the library. */
export async function importRich(facilitator: Facilitator, folder: string): Promise<void> {
  await mkdir(`${folder}/img`, { recursive: true });
  await writeFile(`${folder}/index.md`, RICH.markdown);
  await writeFile(`${folder}/img/green.svg`, RICH.picture);
  await facilitator.upload('import_folder', folder);
  const dialog = facilitator.page.getByRole('dialog', {
    name: say('import_done_title'),
  });
  await expect(dialog.getByRole('heading', { name: RICH.title })).toBeVisible();
  await dialog
    .getByRole('button', { name: say('common_close') })
    .last()
    .click();
}
