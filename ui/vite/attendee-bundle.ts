/**
 * Few requests for the room: everything an attendee's browser needs to read is one chunk, loaded
 * by the page itself; what attendee code imports dynamically is a second one, fetched on demand;
 * the facilitator's routes are chunks that are fetched when they are opened.
 *
 * SvelteKit offers one chunk per route (a chain of a dozen requests over six connections) or one
 * for everything (the facilitator's libraries in everybody's download). Its `single` strategy is
 * the base here: the routes outside `src/routes/(facilitator)` are imported statically by the
 * router, and code splitting is switched on again for the others.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Plugin } from 'vite';

const ROUTER = '**/.svelte-kit/generated/client-optimized/app.js';
const ENTRY = '/@sveltejs/kit/src/runtime/client/bundle.js';
const LAZY_NODE = /\(\) => import\(['"]\.\/nodes\/(\d+)['"]\)/g;
const FACILITATOR_ROUTE = '/routes/(facilitator)/';

/** Dynamic imports that stay on their own: lazy routes, the desktop shell, SvelteKit's last resort. */
const APART = /\/nodes\/\d+\.js$|\/@tauri-apps\/|\/error-template\.js$/;

/**
 * What the editor and its languages share. Left to themselves they would share the editor's chunk,
 * which then needs a helper of the bundler that attendees would download as a chunk of its own.
 */
const TEXT_FIELD =
  /\/node_modules\/(@codemirror\/(?!lang-(cpp|go|java|json|python|rust|sql|xml)\/|legacy-modes\/)|@lezer\/(?!(cpp|go|java|json|python|rust|xml)\/)|@marijn\/|crelt\/|style-mod\/|w3c-keyname\/)/;

/** A message's own module, and its key. */
const MESSAGE = /\/src\/lib\/paraglide\/messages\/(\w+)\.js$/;
const ALL_MESSAGES = '_index';
const USED_MESSAGE = /\bm\d*\.(\w+)/g;

/** What the grouping needs to know of the bundler's module graph. */
interface Graph {
  getModuleInfo(id: string): {
    importedIds: readonly string[];
    dynamicallyImportedIds: readonly string[];
    code: string | null;
  } | null;
}

interface Parts {
  attendee: ReadonlySet<string>;
  later: ReadonlySet<string>;
}

export function attendeeBundle(): Plugin {
  let entry: string | undefined;
  let parts: Parts | undefined;

  const partOf = (id: string, graph: Graph): string | null => {
    if (entry === undefined) return null;
    parts ??= partsOf(entry, graph);
    if (parts.attendee.has(id)) return 'attendee';
    if (parts.later.has(id)) return 'attendee-later';
    return TEXT_FIELD.test(id) ? 'text-field' : null;
  };

  return {
    name: 'attendee-bundle',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    config: () => ({
      build: {
        // Lists of what each of the facilitator's routes needs would be in everybody's download;
        // the routes' own imports name it too, one step later. Style sheets stay listed.
        modulePreload: { resolveDependencies: () => [] },
        rolldownOptions: {
          // Lets the entry be that chunk itself, instead of a file that only imports it.
          preserveEntrySignatures: 'allow-extension' as const,
          output: {
            codeSplitting: {
              // Otherwise the index of all messages would bring every message along.
              includeDependenciesRecursively: false,
              groups: [{ debugName: 'attendee', name: partOf }],
            },
          },
        },
      },
    }),
    buildStart() {
      entry = undefined;
      parts = undefined;
    },
    moduleParsed({ id }) {
      if (id.endsWith(ENTRY)) entry = id;
    },
    transform: {
      order: 'pre',
      filter: { id: ROUTER },
      handler(code, id) {
        const imports: string[] = [];
        const routed = code.replace(LAZY_NODE, (lazy, node: string) => {
          if (isFacilitators(id, node)) return lazy;
          imports.push(`import * as node_${node} from './nodes/${node}.js';`);
          return `() => Promise.resolve(node_${node})`;
        });
        if (imports.length === 0) {
          this.error('SvelteKit’s generated router looks different: adapt attendee-bundle.ts');
        }
        return { code: `${imports.join('\n')}\n${routed}`, map: null };
      },
    },
  };
}

function isFacilitators(router: string, node: string): boolean {
  const file = join(dirname(router), 'nodes', `${node}.js`);
  return readFileSync(file, 'utf8').includes(FACILITATOR_ROUTE);
}

function partsOf(entry: string, graph: Graph): Parts {
  const attendee = loadedWith([entry], graph);
  const starts = [...attendee]
    .flatMap((id) => graph.getModuleInfo(id)?.dynamicallyImportedIds ?? [])
    .filter((id) => !APART.test(id));
  return { attendee, later: loadedWith(starts, graph) };
}

/** Everything that is loaded together with modules; of the messages, those that the code names. */
function loadedWith(starts: readonly string[], graph: Graph): ReadonlySet<string> {
  const found = new Set(starts);
  const named = new Set([ALL_MESSAGES]);
  for (const id of found) {
    const module = graph.getModuleInfo(id);
    for (const imported of module?.importedIds ?? []) found.add(imported);
    for (const [, key = ''] of module?.code?.matchAll(USED_MESSAGE) ?? []) named.add(key);
  }
  for (const id of found) {
    const key = MESSAGE.exec(id)?.[1];
    if (key !== undefined && !named.has(key)) found.delete(id);
  }
  return found;
}
