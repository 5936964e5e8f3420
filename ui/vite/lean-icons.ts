import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Plugin } from 'vite';

const ICON = fileURLToPath(new URL('../src/lib/components/icon/icon.ts', import.meta.url));
const COMPONENT = /from ["']\.\/([\w-]+\.svelte)["']/;
const DRAWING = /const iconData = (\{.*\});/;

/**
 * Makes `@lucide/svelte/icons/…` a drawing and nothing else: the library's own components carry
 * options that nobody here uses, some two hundred bytes for each icon in everybody's download.
 */
export function leanIcons(): Plugin {
  return {
    name: 'lean-icons',
    enforce: 'pre',
    transform: {
      filter: { id: /\/@lucide\/svelte\/dist\/icons\/[\w-]+\.js$/ },
      handler(exported, id) {
        const name = COMPONENT.exec(exported)?.[1];
        const component = name && readFileSync(join(dirname(id), name), 'utf8');
        const drawing = component && DRAWING.exec(component)?.[1];
        if (!drawing) {
          this.error(`${id} looks different from the icons before: adapt lean-icons.ts`);
        }
        const { node } = JSON.parse(drawing) as { node: unknown };
        const code = [
          `import { icon } from ${JSON.stringify(ICON)};`,
          `export default /* @__PURE__ */ icon(${JSON.stringify(node)});`,
        ].join('\n');
        return { code, map: null };
      },
    },
  };
}
