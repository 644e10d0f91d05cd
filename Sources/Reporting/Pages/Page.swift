/// A document of sections that becomes one HTML file.
public struct Page: Equatable, Sendable {
  /// A part under a heading.
  public struct Section: Equatable, Sendable {
    /// A short word for links, `a-z`, digits and `-` only.
    public let anchor: String
    /// What stands above the section and in the table of contents.
    public let heading: String
    /// What stands in it, in order; without any the page says that there is nothing to show.
    public let blocks: [Block]

    /// Takes a heading and what stands below it.
    public init(anchor: String, heading: String, blocks: [Block]) {
      self.anchor = anchor
      self.heading = heading
      self.blocks = blocks
    }
  }

  /// A piece of a section.
  public enum Block: Equatable, Sendable {
    /// Text that is read from left to right, whatever its lines were.
    case paragraph(String)
    /// Less weight than a paragraph: what is missing, what to be careful of.
    case note(String)
    /// A drawing with its number and caption; the drawing's description is for those who do not see it.
    /// The files hold the same drawing and are linked: paths from the folder of the page,
    /// `figures/depth.pdf`. On a narrow screen the narrow drawing of the same stands in its place.
    case figure(Figure, narrow: Figure? = nil, caption: String, files: [String] = [])
    /// A table that can be sorted and copied; folded away at first where `isFolded`.
    case table(caption: String, PageTable, isFolded: Bool)
    /// Names with values.
    case fields([Report.Field])
    /// Text to be pasted elsewhere, lines as they are, with a button that copies it.
    case quotation(String)
  }

  /// What the page is called, in the window and above everything.
  public let title: String
  /// One line under the title; none if empty.
  public let subtitle: String
  /// What stands below, in order.
  public let sections: [Section]

  /// Takes a title and what stands below it.
  public init(title: String, subtitle: String, sections: [Section]) {
    self.title = title
    self.subtitle = subtitle
    self.sections = sections
  }
}

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
      \(Markup(trusted: Self.script))\
      </script>
      </body>
      </html>

      """
    return page.source
  }

  /// How the page looks: `page.css`.
  static let style = String(decoding: PackageResources.page_css, as: UTF8.self)
  /// What the page does when it is used: `page.js`.
  static let script = String(decoding: PackageResources.page_js, as: UTF8.self)

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
    \(Markup(trusted: Self.style))\
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

/// The names of the places in a page, each given once, and the numbers of its figures. Names that the page
/// makes by itself hold `_`, which an anchor does not.
struct PageNames {
  private var taken: Set<String> = []
  private var figureCount = 0

  /// 1 for the first figure.
  mutating func nextFigure() -> Int {
    figureCount += 1
    return figureCount
  }

  /// A word of `a-z`, digits and `-`, with a number after it where it was given before.
  mutating func unique(_ word: String) -> String {
    let letters = word.lowercased().unicodeScalars.map {
      ("a"..."z").contains($0) || ("0"..."9").contains($0) ? Character($0) : "-"
    }
    let name = letters.isEmpty ? "part" : String(letters)
    if taken.insert(name).inserted { return name }
    // One of the first `count + 1` numbers is free.
    let free = (2...).lazy.map { "\(name)-\($0)" }.first { !taken.contains($0) } ?? name
    taken.insert(free)
    return free
  }
}
