/**
 * The colours this person chose. `static/theme.js` applies the same choice before the first paint;
 * key and attributes are the same in both.
 */
import * as storage from './storage';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;

/** `system` follows the device; `contrast` is high contrast, light or dark as the device is. */
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';

let choice = $state<Theme>(parse(storage.read(KEY)));

/** The choice, reactive. */
export const theme = {
  get choice(): Theme {
    return choice;
  },
  choose(next: Theme): void {
    choice = next;
    if (next === 'system') storage.remove(KEY);
    else storage.write(KEY, next);
    apply();
  },
};

/** Follows the device's settings and this browser's other tabs until the returned function is called. */
export function followTheme(): () => void {
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', apply);
  const stop = storage.onChange(KEY, (value) => {
    choice = parse(value);
    apply();
  });
  apply();
  return () => {
    for (const query of queries) query.removeEventListener('change', apply);
    stop();
  };
}

function apply(): void {
  const { dataset } = document.documentElement;
  const isDark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const isContrast = choice === 'contrast' || matchMedia('(prefers-contrast: more)').matches;
  dataset['theme'] = isDark ? 'dark' : 'light';
  dataset['contrast'] = isContrast ? 'more' : 'normal';
}

function parse(value: string | null): Theme {
  return THEMES.find((known) => known === value) ?? 'system';
}
