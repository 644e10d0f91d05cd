// Runs in a page: presses the buttons that sort and copy and returns sentences about what did not happen.
// `bare`: as where the browser lends no clipboard, so that the page copies a selection.
async (bare) => {
  const faults = [];
  const clipboard = navigator.clipboard;
  const lent = Object.getOwnPropertyDescriptor(Navigator.prototype, 'clipboard');
  const lend = (value) => Object.defineProperty(Navigator.prototype, 'clipboard', value);
  const line = (text) => text.trim().replace(/\s+/g, ' ');
  const pause = () => new Promise((done) => setTimeout(done, 50));
  const named = (part, word) => [...part.querySelectorAll('button')]
    .find((button) => button.textContent.match(word) && !button.closest('th'));

  const press = async (what, part, word, wanted) => {
    const button = named(part, word);
    if (!button) { faults.push(`no button copies ${what}`); return; }
    await clipboard.writeText('before');
    if (bare) lend({value: undefined, configurable: true});
    button.click();
    await pause();
    lend(lent);
    let copied = await clipboard.readText();
    // A large page, or a busy machine, takes its time.
    for (let turn = 0; copied === 'before' && turn !== 20; turn += 1) {
      await pause();
      copied = await clipboard.readText();
    }
    if (copied.replace(/\r\n/g, '\n') !== wanted) {
      faults.push(`the button copies not ${what}${bare ? ' without a clipboard' : ''}: `
        + JSON.stringify(copied.slice(0, 60)));
    }
  };

  const sort = (table, column) => {
    const cell = table.tHead.rows[0].cells[column];
    const button = cell.querySelector('button');
    if (!button) { faults.push('a column has no button that sorts'); return; }
    const before = [...table.tBodies[0].rows].map((row) => row.textContent).sort();
    const orders = ['ascending', 'descending'].map((order) => {
      button.click();
      if (cell.ariaSort !== order) faults.push(`a column is ${cell.ariaSort}, not ${order}`);
      return [...table.tBodies[0].rows].map((row) => line(row.cells[column].textContent))
        .filter((text) => !['', 'n/a'].includes(text));
    });
    const after = [...table.tBodies[0].rows].map((row) => row.textContent).sort();
    if (before.join('\n') !== after.join('\n')) faults.push('sorting changes what a table says');
    const value = (text) => Number(text.match(/[-\u2212+]?\d[\d.]*(e[-+]?\d+)?/)[0].replace('\u2212', '-'));
    const isNumber = orders[0].every((text) => /^[[<>≈≤≥ ]*[-\u2212+]?\d[\d.]*(e[-+]?\d+)?(,? |%|$)/.test(text));
    const compare = isNumber ? (a, b) => value(a) - value(b)
      : new Intl.Collator(undefined, {numeric: true}).compare;
    [orders[0], orders[1].reverse()].forEach((cells) => {
      if (cells.some((text, place) => place > 0 && compare(cells[place - 1], text) > 0)) {
        faults.push(`sorting leaves another order: ${cells.slice(0, 5)}`);
      }
    });
  };

  for (const table of document.querySelectorAll('table')) {
    [...table.tHead.rows[0].cells].forEach((_, column) => sort(table, column));
    const text = [...table.rows]
      .map((row) => [...row.cells].map((cell) => line(cell.textContent)).join('\t') + '\n').join('');
    await press('the table', table.closest('.table') || table.parentElement, /^Cop(y|ied)/, text);
  }
  for (const quotation of document.querySelectorAll('blockquote')) {
    await press('the quotation', quotation.parentElement, /^Cop(y|ied)/, quotation.textContent);
  }
  return faults;
}
