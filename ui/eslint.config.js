import { readdirSync } from 'node:fs';

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

import svelteConfig from './svelte.config.js';

const FEATURES = 'src/lib/features';
const features = readdirSync(FEATURES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

/** What an attendee downloads: nothing here may pull in a facilitator's library. */
const ATTENDEE_FEATURES = ['join', 'steps', 'chat', 'help'];

const tauri = {
  regex: '^@tauri-apps/',
  message: 'Only shell/tauri.ts talks to the desktop shell.',
};
const overlays = {
  regex: '^bits-ui|components/overlay/',
  message: 'Attendees do not download bits-ui; Sheet.svelte is for them.',
};
const protocol = {
  regex:
    '^\\$lib/(api|connection|workshop|features|shell)(/|$)|^(\\.\\./)+(api|connection|workshop|features|shell)/',
  message: 'Components know no protocol and no feature: pass props.',
};

/** @param {string} feature */
const otherFeatures = (feature) => ({
  regex: `^\\$lib/features/(?!${feature}(/|$))|^(\\.\\./)+(${features.join('|')})(/|$)`,
  message: 'A feature does not import another one.',
});

/** @param {...{ regex: string; message: string }} patterns */
const walls = (...patterns) => ({
  'no-restricted-imports': 'off',
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
});

export default defineConfig(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      'src/lib/paraglide/',
      'src/lib/api/schema.d.ts',
      'project.inlang/',
    ],
  },
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  ts.configs.stylisticTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: {
        projectService: {
          allowDefaultProject: [
            'eslint.config.js',
            'svelte.config.js',
            'scripts/*.mjs',
            'static/*.js',
          ],
        },
        // The same for all files: each change of it makes the project service start over.
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        parser: ts.parser,
        svelteConfig,
      },
    },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"]',
          message:
            'The content security policy refuses style attributes: use classes or style:name.',
        },
      ],
      'svelte/button-has-type': 'error',
      'svelte/require-each-key': 'error',
      'svelte/no-target-blank': 'error',
      // Step HTML is sanitised by the server; the one place that shows it says so.
      'svelte/no-at-html-tags': 'error',
      // The app is always served from the root of its address.
      'svelte/no-navigation-without-resolve': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // State is replaced as a whole ($state.raw); a private Map is no state.
      'svelte/prefer-svelte-reactivity': 'off',
      // `let { x = $bindable() } = $props()` cannot be const.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { excludedRunes: ['$props'] }],
    },
  },
  { files: ['src/**/*.{ts,svelte}'], rules: walls(tauri) },
  { files: ['src/lib/components/**'], rules: walls(tauri, protocol) },
  ...features.map((feature) => ({
    files: [`${FEATURES}/${feature}/**`],
    rules: walls(
      tauri,
      otherFeatures(feature),
      ...(ATTENDEE_FEATURES.includes(feature) ? [overlays] : []),
    ),
  })),
  {
    files: [`${FEATURES}/pace/attendee/**`],
    rules: walls(tauri, otherFeatures('pace'), overlays),
  },
  {
    files: [`${FEATURES}/polls/{answer,result}/**`],
    rules: walls(tauri, otherFeatures('polls'), overlays),
  },
  {
    files: ['src/routes/**'],
    ignores: ['src/routes/(facilitator)/**'],
    rules: walls(tauri, overlays),
  },
  {
    files: ['src/lib/shell/tauri.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  {
    files: ['static/**'],
    languageOptions: { sourceType: 'script', globals: globals.browser },
    rules: { 'no-var': 'off' },
  },
);
