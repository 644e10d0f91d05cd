// Runs in a page: returns sentences about what is wrong in it as it stands.
(() => {
  const faults = [];
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const name = (element) => `<${element.localName}${element.id ? ' id=' + element.id : ''}> `
    + JSON.stringify((element.textContent || '').trim().slice(0, 40));
  const root = document.documentElement;
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({visibilityProperty: true}) && box.width > 1 && box.height > 1;
  };

  if (!root.lang) faults.push('the page has no language');
  if (!document.title.trim()) faults.push('the page has no title');
  if (all('h1').length !== 1) faults.push('the page has not one main heading');
  if (root.scrollWidth > root.clientWidth) {
    faults.push(`the page is ${root.scrollWidth} pixels wide, the window ${root.clientWidth}`);
  }
  if (innerWidth > screen.width) faults.push('the window is not as wide as the screen');
  const ids = new Set();
  for (const {id} of all('[id]')) {
    if (ids.has(id)) faults.push(`the id ${id} is there twice`);
    ids.add(id);
  }
  const links = new Set(all('a[href^="#"]').map((link) => decodeURIComponent(link.hash.slice(1))));
  for (const link of links) {
    if (!ids.has(link)) faults.push(`a link leads to #${link}, which is not there`);
  }
  for (const {id} of all('main section[id]')) {
    if (!links.has(id)) faults.push(`no link leads to the section #${id}`);
  }

  // What lies outside the window, or is cut off by a box that does not scroll, cannot be read.
  for (const element of all('body *')) {
    if (!shown(element) || element.closest('svg') !== null && element.localName !== 'svg') continue;
    const box = element.getBoundingClientRect();
    let [left, right] = [0, root.clientWidth];
    for (let outer = element.parentElement; outer; outer = outer.parentElement) {
      const overflow = getComputedStyle(outer).overflowX;
      if (['auto', 'scroll'].includes(overflow) && outer !== document.body) {
        [left, right] = [-Infinity, Infinity];
        break;
      }
      if (['hidden', 'clip'].includes(overflow)) {
        const cut = outer.getBoundingClientRect();
        [left, right] = [Math.max(left, cut.left), Math.min(right, cut.right)];
      }
    }
    if (box.left < left - 1 || box.right > right + 1) faults.push(`cannot be scrolled to: ${name(element)}`);
  }

  // Who does not see that a box goes on does not scroll it.
  for (const box of all('body *')) {
    const style = getComputedStyle(box);
    if (shown(box) && ['auto', 'scroll'].includes(style.overflowX) && box.scrollWidth > box.clientWidth + 1
      && style.backgroundImage === 'none') faults.push(`scrolls sideways without a cue: ${name(box)}`);
  }

  for (const [place, figure] of all('figure').entries()) {
    const number = figure.querySelector('figcaption')?.textContent.match(/^\s*Figure (\d+)\./);
    if (Number(number?.[1]) !== place + 1) faults.push(`has not the number ${place + 1}: the drawing ${figure.id}`);
    const seen = all('svg', figure).filter(shown);
    if (seen.length > 1) faults.push(`a drawing is seen twice: ${figure.id}`);
    const svg = seen[0];
    if (!svg) { faults.push(`no drawing is seen in ${name(figure)}`); continue; }
    for (const part of ['title', 'desc']) {
      const text = svg.querySelector(':scope > ' + part);
      if (!text || !text.textContent.trim()) faults.push(`a drawing has no <${part}>: ${figure.id}`);
    }
    const canvas = svg.getBoundingClientRect();
    if (canvas.right > figure.getBoundingClientRect().right + 1) {
      faults.push(`a drawing is cut off at the window's side: ${figure.id}`);
    }
    // What is written, and lines across the drawing.
    const words = all('text', svg).filter((text) => !text.ariaHidden && text.textContent.trim());
    const boxes = words.map((text) => text.getBoundingClientRect());
    const least = Math.min(...words.map((text) => parseFloat(getComputedStyle(text).fontSize)
      * Math.hypot(text.getScreenCTM().a, text.getScreenCTM().b)));
    if (least < 7) faults.push(`letters are ${least.toFixed(1)} pixels high in ${figure.id}`);
    boxes.forEach((one, place) => {
      const other = boxes.slice(0, place).findIndex((box) => one.left < box.right - 2
        && box.left < one.right - 2 && one.top < box.bottom - 4 && box.top < one.bottom - 4);
      if (other !== -1) {
        faults.push(`words lie on each other in ${figure.id}: ${name(words[other])} ${name(words[place])}`);
      }
    });
    const lines = all('path, line', svg).map((line) => line.getBoundingClientRect())
      .filter((box) => box.height < 1.5 && box.width > 40);
    lines.sort((a, b) => a.left - b.left || a.width - b.width || a.top - b.top);
    if (lines.some((line, place) => place > 3 && lines.slice(place - 4, place).every((before, step) =>
      Math.abs(before.left - line.left) < 0.1 && Math.abs(before.width - line.width) < 0.1
        && line.top - before.top < 4 * (4 - step)))) {
      faults.push(`lines merge in ${figure.id}`);
    }
    for (const text of all('text', svg)) {
      const box = text.getBoundingClientRect();
      if (box.left < canvas.left - 2 || box.right > canvas.right + 2
        || box.top < canvas.top - 2 || box.bottom > canvas.bottom + 2) {
        faults.push(`text runs off its drawing in ${figure.id}: ${name(text)}`);
      }
    }
  }
  for (const table of all('table')) {
    if (!table.caption && !table.getAttribute('aria-labelledby')) faults.push('a table has no name');
    if (all('thead th', table).some((cell) => cell.scope !== 'col')
      || all('tbody tr', table).some((row) => row.cells[0].scope !== 'row')) {
      faults.push(`a table has cells that head nothing: ${name(table)}`);
    }
  }
  for (const button of all('button')) {
    if (!button.textContent.trim()) faults.push('a button has no name');
  }

  // Contrast after WCAG 2.1, 1.4.3, of text on plain backgrounds.
  const parts = (color) => (color.match(/[\d.]+/g) || []).map(Number);
  const luminance = (color) => {
    const [r, g, b] = parts(color).map((part) => part / 255)
      .map((part) => part > 0.03928 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let outer = element; outer; outer = outer.parentElement) {
      const color = getComputedStyle(outer).backgroundColor;
      if (color !== 'transparent' && parts(color)[3] !== 0) return color;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const element of all('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !shown(element) || element.closest('svg')) continue;
    const [a, b] = [getComputedStyle(element).color, ground(element)].map(luminance);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) faults.push(`contrast is ${contrast.toFixed(1)}, less than 4.5: ${name(element)}`);
  }
  return faults;
})()
