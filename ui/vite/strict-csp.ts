import type { Plugin } from 'vite';

const STYLED_ANNOUNCER = /(<div id="svelte-announcer"[^>]*?) style="[^"]*"/;

/** Where CodeMirror's style sheets decide between an element and a constructed sheet. */
const STYLE_ELEMENT = '!root.head && root.adoptedStyleSheets';

/**
 * Takes the one inline style out of SvelteKit's generated root component, which the
 * `style-src 'self'` of the server would refuse. The announcer keeps out of sight by a class.
 *
 * CodeMirror writes its styles into a `<style>` element, which is refused too, except in a shadow
 * root; there it constructs a sheet, which is allowed anywhere. Here it does so everywhere.
 */
export function strictCsp(): Plugin[] {
  return [
    {
      name: 'strict-csp',
      enforce: 'pre',
      transform: {
        filter: { id: /\.svelte-kit\/generated\/root\.svelte$/ },
        handler(code) {
          if (!STYLED_ANNOUNCER.test(code)) {
            this.error(
              'the announcer in SvelteKit’s root component looks different: adapt strict-csp.ts',
            );
          }
          return { code: code.replace(STYLED_ANNOUNCER, '$1 class="sr-only"'), map: null };
        },
      },
    },
    {
      name: 'strict-csp-editor',
      enforce: 'pre',
      transform: {
        filter: { id: /\/style-mod\/src\/style-mod\.js$/ },
        handler(code) {
          if (!code.includes(STYLE_ELEMENT)) {
            this.error('style-mod looks different: adapt strict-csp.ts');
          }
          return { code: code.replace(STYLE_ELEMENT, 'root.adoptedStyleSheets'), map: null };
        },
      },
    },
  ];
}
