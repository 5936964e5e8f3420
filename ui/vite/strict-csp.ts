import type { Plugin } from 'vite';

const STYLED_ANNOUNCER = /(<div id="svelte-announcer"[^>]*?) style="[^"]*"/;

/**
 * Takes the one inline style out of SvelteKit's generated root component, which the
 * `style-src 'self'` of the server would refuse. The announcer keeps out of sight by a class.
 */
export function strictCsp(): Plugin {
  return {
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
  };
}
