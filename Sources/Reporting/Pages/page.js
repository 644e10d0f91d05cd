// Sorting and copying, light and dark. The script makes its own buttons, so that no dead one is left
// where scripts are off. XML allows no ampersand and no sign of less than in here.
(() => {
  'use strict';
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const line = (text) => text.trim().replace(/\s+/g, ' ');

  const button = (label, act) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = label;
    made.addEventListener('click', () => act(made));
    return made;
  };

  // Files opened from a disk may not have the clipboard, then a selection is copied.
  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      area.className = 'unseen';
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      return done;
    }
  };

  const copier = (label, text) => button(label, async (made) => {
    const said = await copy(text()) ? 'Copied' : 'The browser does not allow copying';
    made.focus();
    made.textContent = said;
    document.getElementById('_said').textContent = said;
    setTimeout(() => {
      made.textContent = label;
      document.getElementById('_said').textContent = '';
    }, 2000);
  });

  const order = (numeric) => {
    if (!numeric) return new Intl.Collator(undefined, { numeric: true }).compare;
    return (a, b) => number(a) - number(b);
  };
  const number = (text) => parseFloat(text.replace(/\u2212/g, '-').replace(/^[^-+.\d]+/, ''));
  const missing = (text) => ['', 'n/a'].includes(text);

  // Rows without a value stay last in both directions.
  const sort = (table, column) => {
    const head = table.tHead.rows[0].cells;
    const up = head[column].getAttribute('aria-sort') !== 'ascending';
    const compare = order(head[column].classList.contains('n'));
    const rows = [...table.tBodies[0].rows].map((row) => [line(row.cells[column].textContent), row]);
    const there = rows.filter(([text]) => !missing(text));
    there.sort(([a], [b]) => up ? compare(a, b) : compare(b, a));
    const rest = rows.filter(([text]) => missing(text));
    table.tBodies[0].append(...there.concat(rest).map(([, row]) => row));
    [...head].forEach((cell) => cell.removeAttribute('aria-sort'));
    head[column].setAttribute('aria-sort', up ? 'ascending' : 'descending');
  };

  const tabbed = (table) => [...table.rows]
    .map((row) => [...row.cells].map((cell) => line(cell.textContent)).join('\t') + '\n').join('');

  all('.table').forEach((part) => {
    const table = part.querySelector('table');
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      cell.replaceChildren(button(cell.textContent, () => sort(table, column)));
    });
    part.append(copier('Copy table', () => tabbed(table)));
  });
  all('.quotation').forEach((part) => {
    part.append(copier('Copy text', () => part.querySelector('blockquote').textContent));
  });

  // Boxes that scroll can be reached by keyboard, those that do not are no stop.
  const watch = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth
      || target.scrollHeight > target.clientHeight;
    if (scrolls) target.tabIndex = 0; else target.removeAttribute('tabindex');
  }));
  all('.scroll').forEach((box) => watch.observe(box));

  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme || (system.matches ? 'dark' : 'light')) === 'dark';
  const label = () => isDark() ? 'Light page' : 'Dark page';
  const theme = button(label(), () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    theme.textContent = label();
  });
  system.addEventListener('change', () => { theme.textContent = label(); });
  theme.className = 'theme';
  document.querySelector('header').append(theme);
})();
