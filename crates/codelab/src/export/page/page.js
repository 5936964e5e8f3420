// One step at a time, with what one expects of it: addresses (#3), remembered progress, search,
// copying, light and dark. Without it the page is all steps, one below the other.
(() => {
  'use strict';
  const words = document.body.dataset;
  const sections = [...document.querySelectorAll('section')];
  const entries = [...document.querySelectorAll('nav li')];
  const status = document.querySelector('nav [role=status]');
  const search = document.querySelector('input[type=search]');
  const root = document.documentElement;
  const key = `open-codelabs.${words.id}`;

  // Where a browser forbids storage there is no memory, and no harm.
  const remembered = (() => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  })();
  const done = new Set(remembered.done);
  // What to prepare, where there is that, is number 0.
  const first = Number(sections[0].id);
  const last = first + sections.length - 1;
  let here = first;
  let theme = remembered.theme;

  const remember = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ here, done: [...done], theme }));
    } catch {
      // As above.
    }
  };

  const button = (label, press, kind) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    if (kind) made.className = kind;
    made.addEventListener('click', press);
    return made;
  };

  // --- steps ---

  const turn = document.createElement('p');
  turn.className = 'turn';
  const previous = button(words.previous, () => go(here - 1));
  const next = button(words.next, () => {
    done.add(here);
    go(here + 1);
  }, 'main');
  turn.append(previous, next);
  document.querySelector('main').append(turn);

  function go(step) {
    if (step < first || step > last) return;
    if (location.hash === `#${step}`) show(step, true);
    else location.hash = String(step);
  }

  function show(step, moved) {
    here = step;
    sections.forEach((section, at) => (section.hidden = at + first !== here));
    entries.forEach((entry, at) => {
      entry.classList.toggle('here', at + first === here);
      entry.classList.toggle('done', done.has(at + first));
      const link = entry.querySelector('a');
      if (at + first === here) link.setAttribute('aria-current', 'step');
      else link.removeAttribute('aria-current');
      link.title = done.has(at + first) ? words.done : '';
    });
    previous.style.visibility = here > first ? '' : 'hidden';
    next.hidden = here === last;
    remember();
    if (moved) {
      toTop();
      sections[here - first].querySelector('h2').focus({ preventScroll: true });
    }
  }

  /** To the title; on a phone past the list of steps, which stands above it. */
  function toTop() {
    if (matchMedia('(max-width: 52rem)').matches) sections[here - first].scrollIntoView();
    else scrollTo(0, 0);
  }

  const asked = () => {
    const step = location.hash.length > 1 ? Number(location.hash.slice(1)) : NaN;
    return Number.isInteger(step) && step >= first && step <= last ? step : undefined;
  };

  addEventListener('hashchange', () => {
    const step = asked();
    if (step !== undefined) show(step, true);
  });

  addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest('input, pre')) return;
    if (event.key === 'ArrowRight') next.hidden || next.click();
    if (event.key === 'ArrowLeft') go(here - 1);
  });

  // --- search ---

  // Read while everything is shown: hidden words have no spaces between their lines.
  const texts = sections.map((section) => section.innerText.replace(/\s+/g, ' '));

  /** The words around what was found. */
  const around = (text, at, length) => {
    const from = Math.max(0, at - 30);
    const to = Math.min(text.length, at + length + 50);
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  };

  search.addEventListener('input', () => {
    const wanted = search.value.trim().toLowerCase();
    let found = 0;
    entries.forEach((entry, at) => {
      entry.querySelector('.found')?.remove();
      const place = texts[at].toLowerCase().indexOf(wanted);
      entry.hidden = wanted !== '' && place < 0;
      if (wanted === '' || place < 0) return;
      found += 1;
      const words = document.createElement('span');
      words.className = 'found';
      words.textContent = around(texts[at], place, wanted.length);
      entry.append(words);
    });
    status.textContent = wanted !== '' && found === 0 ? words.nomatch : '';
  });

  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    entries.find((entry) => !entry.hidden)?.querySelector('a').click();
  });

  // --- copying ---

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement('textarea');
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand('copy');
      field.remove();
    }
  }

  for (const block of document.querySelectorAll('pre.code')) {
    const frame = document.createElement('div');
    frame.className = 'code-frame';
    block.replaceWith(frame);
    const press = button(words.copy, () => {
      const code = block.querySelector('code').cloneNode(true);
      const parts = code.querySelectorAll('.prompt, .out, .del, .place');
      for (const part of parts) part.remove();
      const text = parts.length > 0 ? code.textContent.replace(/\n$/, '') : code.textContent;
      void copy(text).then(() => {
        press.textContent = words.copied;
        setTimeout(() => (press.textContent = words.copy), 2000);
      });
    });
    frame.append(block, press);
  }

  for (const box of document.querySelectorAll('pre, .table')) box.tabIndex = 0;

  // --- light and dark ---

  const wishes = matchMedia('(prefers-color-scheme: dark)');
  const paint = () => {
    root.dataset.theme = theme ?? (wishes.matches ? 'dark' : 'light');
  };
  wishes.addEventListener('change', paint);
  document.querySelector('[data-do=theme]').addEventListener('click', () => {
    theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    paint();
    remember();
  });
  document.querySelector('[data-do=print]').addEventListener('click', () => print());

  document.querySelector('.tools').hidden = false;
  paint();
  // A browser scrolls to the step that is asked for, past the title above it.
  addEventListener('load', () => {
    if (here > first || location.hash) toTop();
  });
  show(asked() ?? Math.max(first, Math.min(remembered.here ?? first, last)), false);
})();
