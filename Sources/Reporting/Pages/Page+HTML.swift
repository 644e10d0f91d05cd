extension Page {
  /// The page as one HTML file, with its figures, style and script inside; nothing is fetched from
  /// elsewhere, and a policy in the page forbids it. It is well-formed XML as well.
  ///
  /// Any text is shown as it is: markup in it stays text, its direction is its own, and characters that
  /// HTML may not hold become U+FFFD. Without a script all content is there; sorting and copying need one.
  /// Equal pages give equal bytes.
  public func html() -> String {
    var names = PageNames()
    let anchors = sections.map { names.unique($0.anchor) }
    let parts = zip(sections, anchors).map { $0.markup(anchor: $1, names: &names) }
    let title = title.allSatisfy(\.isWhitespace) ? "Untitled" : title
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      \(Self.head(title: title))
      <body>
      <a class="skip" href="#_content">Skip to the content</a>
      <div class="page">
      <header>
      <h1 dir="auto">\(title)</h1>
      \(subtitle.isEmpty ? Markup("") : "<p class=\"subtitle\" dir=\"auto\">\(subtitle)</p>")
      </header>
      \(contents(anchors: anchors))
      <main id="_content" tabindex="-1">
      \(Markup(parts, separator: "\n"))
      </main>
      </div>
      <p id="_said" class="unseen" role="status"></p>
      <script>
      \(Markup(trusted: PageScript.source))
      </script>
      </body>
      </html>

      """
    return page.source
  }

  private static func head(title: String) -> Markup {
    """
    <head>
    <meta charset="utf-8"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <meta name="color-scheme" content="light dark"/>
    <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; \
    style-src &#39;unsafe-inline&#39;; script-src &#39;unsafe-inline&#39;; img-src data:; \
    base-uri &#39;none&#39;; form-action &#39;none&#39;"/>
    <title>\(title)</title>
    <style>
    \(Markup(trusted: PageStyle.source))
    </style>
    </head>
    """
  }

  private func contents(anchors: [String]) -> Markup {
    let links = zip(sections, anchors).map { section, anchor -> Markup in
      "<li dir=\"auto\"><a href=\"#\(anchor)\">\(section.heading)</a></li>"
    }
    guard !links.isEmpty else { return "" }
    return """
      <nav aria-label="Contents">
      <ol>
      \(Markup(links, separator: "\n"))
      </ol>
      </nav>
      """
  }
}
