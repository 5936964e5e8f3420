// Chooses the colours before anything is painted. src/lib/browser/theme.svelte.ts takes over later
// and knows the same key and the same attributes.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem('open-codelabs.theme');
  } catch {
    // Storage is blocked; the system decides.
  }
  var root = document.documentElement;
  var isDark =
    choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  var isContrast = choice === 'contrast' || matchMedia('(prefers-contrast: more)').matches;
  root.dataset.theme = isDark ? 'dark' : 'light';
  root.dataset.contrast = isContrast ? 'more' : 'normal';
})();
