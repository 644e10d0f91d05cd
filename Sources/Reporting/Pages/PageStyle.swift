/// How the page looks: one column of readable width, contents beside it where there is room, system
/// fonts, light and dark, paper. It holds neither `<` nor `&`, which well-formed XML would not allow here.
enum PageStyle {
  static let source = """
    :root {
    \(light)
    }
    @media screen and (prefers-color-scheme: dark) {
    :root:not([data-theme="light"]) {
    \(dark)
    }
    }
    @media screen {
    :root[data-theme="dark"] {
    \(dark)
    }
    }
    \(text)
    \(layout)
    \(pieces)
    \(tables)
    \(print)
    """

  private static let light = """
      color-scheme: light;
      --paper: #ffffff; --ink: #1b1f24; --faint-ink: #59626c; --rule: #d4d9df;
      --wash: #f5f7f9; --accent: #0b5394; --edge: #7b8691;
    """

  private static let dark = """
      color-scheme: dark;
      --paper: #14171b; --ink: #e4e7ea; --faint-ink: #a4adb6; --rule: #3a424b;
      --wash: #1d2126; --accent: #86b9ee; --edge: #77818c;
    """

  private static let text = """
    *, ::before, ::after { box-sizing: border-box; }
    html { scroll-behavior: smooth; scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%;
      text-size-adjust: 100%; }
    body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.55;
      font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      font-size: 1rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 650; margin: 0; text-wrap: balance; }
    h2 { font-size: 1.25rem; line-height: 1.3; font-weight: 650; margin: 0 0 0.9rem;
      text-wrap: balance; }
    p { margin: 0 0 1rem; }
    a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
    :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
    main:focus { outline: none; }
    button { font: inherit; font-size: 0.85rem; line-height: 1.3; color: var(--ink);
      background: var(--paper); border: 1px solid var(--edge); border-radius: 4px;
      padding: 0.3rem 0.65rem; cursor: pointer; }
    button:hover { background: var(--wash); border-color: var(--ink); }
    .unseen { position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0;
      overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
    .skip { position: absolute; top: 0; left: 0; z-index: 2; padding: 0.5rem 1rem;
      background: var(--paper); transform: translateY(-110%); }
    .skip:focus { transform: none; }
    """

  private static let layout = """
    .page { max-width: 46rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
    header { position: relative; padding: 0 9rem 1.25rem 0; border-bottom: 1px solid var(--rule);
      margin-bottom: 1.25rem; }
    .subtitle { color: var(--faint-ink); margin: 0.5rem 0 0; }
    .theme { position: absolute; top: 0.15rem; right: 0; }
    @media (max-width: 34rem) {
      header { padding-right: 0; }
      .theme { position: static; margin-top: 0.9rem; }
    }
    nav { font-size: 0.9rem; margin-bottom: 2rem; }
    nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap;
      gap: 0.35rem 1.25rem; }
    nav a { display: inline-block; padding: 0.1rem 0; text-decoration: none; }
    nav a:hover { text-decoration: underline; }
    section { margin: 0 0 2.5rem; }
    section + section { padding-top: 2rem; border-top: 1px solid var(--rule); }
    @media screen and (min-width: 70rem) {
      .page { display: grid; grid-template-columns: 13rem minmax(0, 46rem); column-gap: 3.5rem;
        max-width: 66rem; padding-top: 3rem; justify-content: center; }
      header { grid-column: 1 / -1; }
      nav { position: sticky; top: 1.5rem; align-self: start; max-height: calc(100vh - 3rem);
        overflow-y: auto; }
      nav ol { display: block; }
      nav li + li { margin-top: 0.35rem; }
    }
    @media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
    """

  private static let pieces = """
    .note { color: var(--faint-ink); font-size: 0.9rem; padding-inline-start: 0.9rem;
      border-inline-start: 3px solid var(--rule); }
    figure { margin: 1.5rem 0 2rem; }
    figure svg { display: block; }
    @media screen { figure svg { max-width: max(100%, 40rem) !important; } }
    figcaption { font-size: 0.9rem; color: var(--faint-ink); margin-top: 0.6rem; }
    .files { white-space: nowrap; margin-inline-start: 0.35rem; }
    .files a { margin-inline-end: 0.35rem; }
    .scroll { overflow: auto; max-width: 100%; }
    dl { display: grid; grid-template-columns: minmax(0, 13rem) minmax(0, 1fr);
      margin: 0 0 1.5rem; border-top: 1px solid var(--rule); }
    dt, dd { padding: 0.35rem 0; border-bottom: 1px solid var(--rule); }
    dt { color: var(--faint-ink); padding-inline-end: 1.25rem; }
    dd { margin: 0; }
    blockquote { margin: 0 0 0.75rem; padding: 1rem 1.2rem; background: var(--wash);
      border-radius: 4px; white-space: pre-line; }
    .quotation { margin-bottom: 1.5rem; }
    @media screen and (max-width: 34rem) {
      dl { display: block; }
      dt { padding-bottom: 0; border: 0; }
      dd { padding-top: 0; }
    }
    """

  private static let tables = """
    .table { margin: 1.5rem 0 2rem; container-type: inline-size; }
    .table .scroll { max-height: 34rem; border-bottom: 1px solid var(--rule); }
    .table button { margin-top: 0.6rem; }
    table { border-collapse: separate; border-spacing: 0; font-size: 0.875rem; line-height: 1.4;
      min-width: 100%; }
    caption { text-align: start; padding: 0 0 0.5rem; color: var(--faint-ink); font-size: 0.9rem; }
    caption span { display: block; position: sticky; left: 0; width: 100cqi; }
    th, td { padding: 0.35rem 0.75rem; text-align: left; vertical-align: baseline;
      border-top: 1px solid var(--rule); max-width: 22rem; overflow-wrap: break-word; }
    th { font-weight: 600; }
    tbody th { font-weight: 500; }
    .n { text-align: right; font-variant-numeric: tabular-nums; }
    tbody .n, .s { white-space: nowrap; }
    thead th { position: sticky; top: 0; z-index: 1; background: var(--wash); padding: 0;
      border-bottom: 1px solid var(--rule); vertical-align: bottom; }
    .table th button { display: block; width: 100%; margin: 0; border: 0; border-radius: 0;
      background: none; font-size: inherit;
      font-weight: inherit; text-align: inherit; padding: 0.45rem 0.75rem; }
    .table th button:hover { background: var(--rule); }
    th button:focus-visible { outline-offset: -2px; }
    [aria-sort] button::after { display: inline-block; width: 0; overflow: visible;
      white-space: nowrap; text-indent: 0.2em; font-size: 0.75em; }
    [aria-sort="ascending"] button::after { content: "\\25B2"; content: "\\25B2" / ""; }
    [aria-sort="descending"] button::after { content: "\\25BC"; content: "\\25BC" / ""; }
    summary { cursor: pointer; padding: 0.35rem 0; color: var(--faint-ink); font-size: 0.9rem; }
    summary:hover { color: var(--ink); }
    """

  private static let print = """
    @page { margin: 18mm 16mm; }
    @media print {
      body { font-size: 10pt; }
      .page { max-width: none; padding: 0; }
      nav, button, .skip, .unseen { display: none !important; }
      .scroll { overflow: visible; }
      .table .scroll { max-height: none; }
      .table { container-type: normal; }
      caption span { position: static; width: auto; }
      table { font-size: 8pt; }
      th, td, thead th { position: static; padding: 0.2rem 0.4rem; }
      .table th button { display: contents !important; }
      h1, h2, caption, dt { break-after: avoid; }
      figure, tr, dt, dd { break-inside: avoid; }
      section { margin-bottom: 1.5rem; }
      section + section { padding-top: 1rem; }
      .files { display: none; }
      details:not([open]) { display: none; }
      a { color: inherit; text-decoration: none; }
    }
    """
}
