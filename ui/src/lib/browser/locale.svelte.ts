/**
 * The language on screen. Importing this module makes every message follow `locale.current`, so a
 * switch shows at once, without a reload.
 */
import {
  baseLocale,
  isLocale,
  locales,
  overwriteGetLocale,
  type Locale,
} from '$lib/paraglide/runtime';

import * as storage from './storage';

const KEY = 'locale';

/** What each language calls itself. */
export const LANGUAGES: Record<Locale, string> = { en: 'English', ko: '한국어' };

let current = $state<Locale>(preferred());

overwriteGetLocale(() => current);
announce();

/** The language, reactive. */
export const locale = {
  get current(): Locale {
    return current;
  },
  choose(next: Locale): void {
    current = next;
    storage.write(KEY, next);
    announce();
  },
};

export { locales, type Locale };

/** What was chosen here before, else the first of the browser's languages that we speak. */
function preferred(): Locale {
  const chosen = storage.read(KEY);
  if (isLocale(chosen)) return chosen;
  const spoken = navigator.languages.map((tag) => tag.split('-')[0]?.toLowerCase());
  return spoken.find((language) => isLocale(language)) ?? baseLocale;
}

function announce(): void {
  document.documentElement.lang = current;
}
