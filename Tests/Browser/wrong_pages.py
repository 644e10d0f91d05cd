"""A small page without a fault, and what each change of it makes wrong."""

GOOD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Small</title>
<style>
:root { --ink: #222; --paper: #fff; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #eee; --paper: #111; } }
@media screen { :root.dark { --ink: #eee; --paper: #111; } }
@media print { .copy { display: none; } }
body { margin: 1rem; color: var(--ink); background: var(--paper); }
button, a { color: inherit; background: var(--paper); }
.table { overflow: auto; }
svg { display: block; max-width: 100%; height: auto; }
</style>
</head>
<body>
<h1>Small</h1>
<p><a href="#first">First</a> <a href="figure.svg">SVG</a></p>
<main>
<section id="first">
<h2>First</h2>
<figure id="drawing">
<svg xmlns="http://www.w3.org/2000/svg" width="600" height="90" viewBox="0 0 600 90" role="img">
<title>A bar</title><desc>One bar of full height.</desc>
<rect x="20" y="10" width="60" height="50" style="fill: var(--ink)"/>
<text x="20" y="82" font-size="16" style="fill: var(--ink)">bar</text>
</svg>
<figcaption>Figure 1. A bar.</figcaption>
</figure>
<div class="table">
<table><caption>Numbers</caption>
<thead><tr><th scope="col">name</th><th scope="col">count</th></tr></thead>
<tbody>
<tr><th scope="row">b</th><td>10</td></tr>
<tr><th scope="row">c</th><td>9</td></tr>
<tr><th scope="row">a</th><td>n/a</td></tr>
</tbody>
</table>
</div>
<div><blockquote>Said
before.</blockquote></div>
</section>
</main>
<script>
const line = (text) => text.trim();
const copy = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
};
const add = (part, text) => {
  const button = document.createElement('button');
  button.className = 'copy';
  button.textContent = 'Copy';
  button.addEventListener('click', () => copy(text()));
  part.append(button);
};
const table = document.querySelector('table');
const cells = (row) => [...row.cells].map((cell) => line(cell.textContent));
const sort = (head, column) => {
  const up = head.ariaSort !== 'ascending';
  const rows = [...table.tBodies[0].rows];
  const missing = (row) => cells(row)[column] === 'n/a';
  const collator = new Intl.Collator(undefined, {numeric: true});
  const compare = (a, b) => collator.compare(cells(a)[column], cells(b)[column]);
  const there = rows.filter((row) => !missing(row)).sort((a, b) => up ? compare(a, b) : compare(b, a));
  table.tBodies[0].append(...there, ...rows.filter(missing));
  head.ariaSort = up ? 'ascending' : 'descending';
};
[...table.tHead.rows[0].cells].forEach((head, column) => {
  const button = document.createElement('button');
  button.append(...head.childNodes);
  button.addEventListener('click', () => sort(head, column));
  head.append(button);
});
const theme = document.createElement('button');
theme.className = 'copy';
theme.textContent = 'Dark page';
theme.addEventListener('click', () => document.documentElement.classList.add('dark'));
document.body.append(theme);
add(document.querySelector('.table'), () => [...table.rows].map((row) => cells(row).join('\\t') + '\\n').join(''));
add(document.querySelector('blockquote').parentElement, () => document.querySelector('blockquote').textContent);
</script>
</body>
</html>
"""

# What is replaced, by what, and what must be said of it.
WRONG = [
    ("const line =", "console.error('ill');\nconst line =", "an error in the console"),
    ("const line =", "missing();\nconst line =", "a script broke off"),
    ("<figure id", '<p><img alt="" src="figure.svg"/></p><figure id', "something is fetched"),
    ("<h2>First</h2>", '<h2>First</h2><p style="width: 1500px">wide</p>', "the page is 15"),
    ("<h2>First</h2>", '<div style="overflow: hidden"><p style="width: 2000px">cut</p></div><h2>First</h2>',
     "cannot be scrolled to"),
    ('<meta name="viewport" content="width=device-width, initial-scale=1"/>\n', "",
     "the window is not as wide as the screen"),
    ('<title>A bar</title>', "", "a drawing has no <title>"),
    ("<desc>One bar of full height.</desc>", "<desc> </desc>", "a drawing has no <desc>"),
    ('<text x="20"', '<text x="595"', "text runs off its drawing"),
    ('height="90" viewBox', 'style="display: none" height="90" viewBox', "no drawing is seen"),
    ('<rect x="20" y="10" width="60" height="50" style="fill: var(--ink)"/>\n'
     '<text x="20" y="82" font-size="16" style="fill: var(--ink)">bar</text>\n', "",
     "no ink is seen in the drawing"),
    ('<rect x="20" y="10" width="60" height="50" style="fill: var(--ink)"/>\n'
     '<text x="20" y="82" font-size="16" style="fill: var(--ink)">bar</text>\n',
     '<rect x="20" y="10" width="60" height="50" style="fill: #222"/>', "dark: no ink is seen"),
    ("svg { display: block; max-width: 100%;", "svg { display: block; min-width: 600px;",
     "a drawing is cut off at the window's side"),
    ('<figure id="drawing">', '<figure id="drawing" style="overflow: auto"><p style="width: 1500px">wide</p>',
     "scrolls sideways without a cue"),
    ("</svg>\n", '</svg><svg width="9" height="9"><title>a</title><desc>b</desc></svg>\n',
     "a drawing is seen twice"),
    ("Figure 1. A bar.", "A bar.", "has not the number 1"),
    ('font-size="16"', 'font-size="8"', "letters are"),
    ("bar</text>", 'bar</text><text x="30" y="84" font-size="16" style="fill: var(--ink)">rod</text>',
     "words lie on each other"),
    ("bar</text>", "bar</text>" + "".join(
        f'<path d="M 100 {20 + 3 * y} H 500" style="stroke: var(--ink)"/>' for y in range(8)),
     "lines merge"),
    ("bar</text>", 'bar</text><rect x="100" y="10" width="400" height="60" style="fill: #eee"/>',
     "dark: glares"),
    ('height="90" viewBox', 'height="1600" viewBox="0 0 600 1600" preserveAspectRatio="none" data-old',
     "a drawing is higher than paper"),
    ('href="#first"', 'href="#second"', "a link leads to #second"),
    ('href="#first"', 'href="#drawing"', "no link leads to the section #first"),
    ('href="figure.svg">', 'href="figure.pdf">', "a link leads to a file that is not there"),
    ('<figure id="drawing">', '<figure id="first">', "the id first is there twice"),
    (' lang="en"', "", "the page has no language"),
    ("<title>Small</title>", "<title> </title>", "the page has no title"),
    ("<h1>Small</h1>", "<p>Small</p>", "the page has not one main heading"),
    ("<caption>Numbers</caption>", "", "a table has no name"),
    ('<th scope="row">b</th>', "<td>b</td>", "a table has cells that head nothing"),
    ("--ink: #222;", "--ink: #999;", "less than 4.5"),
    (":root { --ink: #eee;", ":root { --ink: #333;", "dark: contrast is"),
    ("= 'Copy';", "= '';", "a button has no name"),
    ("() => sort(head, column)", "() => {}", "a column is null, not ascending"),
    ("numeric: true", "numeric: false", "sorting leaves another order"),
    ("table.tBodies[0].append(...there, ", "table.tBodies[0].replaceChildren(...there.slice(1), ",
     "sorting changes what a table says"),
    ("  head.append(button);", "  head.append(...button.childNodes);", "a column has no button that sorts"),
    ("button.addEventListener('click', () => sort",
     "button.addEventListener('keydown', (event) => event.preventDefault());\n"
     "  button.addEventListener('click', () => sort", "the Enter key sorts no table"),
    ("row) => cells(row).join('\\t')", "row) => cells(row).join(',')", "the button copies not the table"),
    ("() => document.querySelector('blockquote').textContent", "() => 'else'",
     "the button copies not the quotation"),
    ("document.execCommand('copy');", "", "without a clipboard"),
    ("add(document.querySelector('blockquote')", "void (document.querySelector('blockquote')",
     "no button copies the quotation"),
    ("classList.add('dark')", "classList.add('night')", "no button turns the page dark"),
    (":root.dark { --ink: #eee;", ":root.dark {", "turned dark: contrast is"),
    ("const line =", "document.querySelector('h2').append(' and more');\nconst line =",
     "without scripts other words are there"),
    ("<div><blockquote>", '<button class="copy">Copy</button><div><blockquote>',
     "without scripts a button is there"),
    ("@media print { .copy { display: none; } }\n", "", "a button is printed"),
    ("@media screen and (pref", "@media (pref", "the paper is printed dark"),
    ("<figure id", "<p>open<figure id", "not well-formed"),
    ("<h2>First</h2>", "<h2>First</h2><center>old</center>", "tidy: "),
]
