import Testing

@testable import ChiasmReporting

@Suite("A page as HTML")
struct PageTests {
  private func page(_ blocks: [Page.Block], heading: String = "Found", title: String = "Title")
    -> Page
  {
    Page(
      title: title, subtitle: "Below",
      sections: [Page.Section(anchor: "found", heading: heading, blocks: blocks)])
  }

  private func parsed(_ page: Page) throws -> ParsedPage { try ParsedPage(page.html()) }

  @Test("Equal pages give equal bytes, another page gives others")
  func bytesRepeat() {
    #expect(SamplePage.page.html() == SamplePage.page.html())
    #expect(page([]).html() != page([.note("More.")]).html())
  }

  @Test("The page has a language, a title, a heading, and a policy that forbids to fetch")
  func headIsThere() throws {
    let parsed = try parsed(page([]))
    #expect(parsed.all("html").map { $0.attributes["lang"] } == ["en"])
    #expect(parsed.all("title").map(\.text) == ["Title"])
    #expect(parsed.all("h1").map(\.text) == ["Title"])
    #expect(parsed.all("p", ("class", "subtitle")).map(\.text) == ["Below"])
    let policy = parsed.all("meta", ("http-equiv", "Content-Security-Policy"))
    #expect(policy.first?.attributes["content"]?.hasPrefix("default-src 'none';") == true)
  }

  @Test("A page without a title is called untitled, one without sections has no contents")
  func emptyPage() throws {
    let parsed = try parsed(Page(title: " ", subtitle: "", sections: []))
    #expect(parsed.all("title").map(\.text) == ["Untitled"])
    #expect(parsed.all("nav").isEmpty)
    #expect(parsed.all("p", ("class", "subtitle")).isEmpty)
  }

  @Test("The contents lead to every section")
  func contentsLead() throws {
    let parsed = try parsed(SamplePage.page)
    let links = parsed.all("a").filter { $0.outer.contains("nav") }
    #expect(links.map(\.text) == SamplePage.page.sections.map(\.heading).map(SamplePage.shown))
    let sections = parsed.all("section").compactMap { $0.attributes["id"] }
    #expect(links.compactMap { $0.attributes["href"] } == sections.map { "#" + $0 })
  }

  @Test("No two places have one name, whatever the anchors are")
  func idsAreUnique() throws {
    let anchors = ["a", "a", "a-2", "a", "A b", "a-b", "", "", "a_1", "_content", "_said"]
    let figure = SamplePage.figure("a")
    let page = Page(
      title: "Names", subtitle: "",
      sections: anchors.map { anchor in
        .init(
          anchor: anchor, heading: anchor,
          blocks: [
            .table(caption: "Table", SamplePage.table, isFolded: false),
            .table(caption: "Table", SamplePage.table, isFolded: true),
          ])
      } + [.init(anchor: "figures", heading: "", blocks: [.figure(figure, caption: "")])])
    let ids = try parsed(page).ids
    #expect(ids.count > 3 * anchors.count)
    #expect(Set(ids).count == ids.count)
  }

  @Test("A section without blocks says that there is nothing")
  func emptySection() throws {
    #expect(try parsed(page([])).all("p", ("class", "note")).map(\.text) == ["Nothing to show."])
    #expect(try parsed(page([.paragraph("Text.")])).all("p", ("class", "note")).isEmpty)
  }

  @Test("Hostile text stays text, everywhere", arguments: SamplePage.hostile)
  func hostileText(_ text: String) throws {
    let table = PageTable([text, text], rows: [[text, text]])
    let hostile = page(
      [
        .paragraph(text), .note(text), .quotation(text), .fields([.init(name: text, value: text)]),
        .table(caption: text, table, isFolded: false), .table(caption: text, table, isFolded: true),
        .figure(SamplePage.figure("bars"), caption: text, files: [text]),
      ], heading: text, title: text)
    let tame = page(
      [
        .paragraph("a"), .note("a"), .quotation("a"), .fields([.init(name: "a", value: "a")]),
        .table(caption: "a", PageTable(["a", "a"], rows: [["a", "a"]]), isFolded: false),
        .table(caption: "a", PageTable(["a", "a"], rows: [["a", "a"]]), isFolded: true),
        .figure(SamplePage.figure("bars"), caption: "a", files: ["a"]),
      ], heading: "a", title: "a")
    let (parsed, expected) = (try parsed(hostile), try parsed(tame))
    #expect(parsed.elements.map(\.name) == expected.elements.map(\.name))
    // The class of a cell depends on its length.
    func attributes(_ page: ParsedPage) -> [Set<String>] {
      page.elements.map { Set($0.attributes.keys).subtracting(["class"]) }
    }
    #expect(attributes(parsed) == attributes(expected))
    for name in ["h1", "h2", "blockquote", "dt", "dd", "td", "figcaption"] {
      let shown = (name == "figcaption" ? "Figure 1. " : "") + SamplePage.shown(text)
      #expect(parsed.all(name).first?.text.hasPrefix(shown) == true, "\(name)")
    }
  }

  @Test("Style and script hold nothing that ends them or that XML forbids")
  func styleAndScriptStay() {
    for source in [Page.style, Page.script] {
      #expect(!source.contains("<"))
      #expect(!source.contains("&"))
      #expect(!source.contains("http"))
    }
  }

  @Test("Each colour of a page has one place in the style, with a value for light and for dark")
  func colorsAreThere() {
    let sources = Page.style + SampleFigure.figure().svg(for: .page)
    let used = sources.matches(of: #/var\((--[\w-]+)/#).map(\.output.1)
    let written = Page.style.matches(
      of: #/(--[\w-]+): var\(--light, #[0-9a-f]{6}\) var\(--dark, #[0-9a-f]{6}\);/#
    ).map(\.output.1)
    #expect(Set(used) == Set(written + ["--light", "--dark"]))
    #expect(Set(written).count == written.count)
    #expect(written.count == Page.style.matches(of: #/--[\w-]+: var/#).count)
  }

  @Test("Links to files lead into the page's folder, whatever a file is called")
  func filesStayInside() throws {
    let files = ["figures/a.pdf", "a b%.svg", "javascript:alert(1)", "//host/a.png", "é\".svg"]
    let links = try parsed(
      page([.figure(SamplePage.figure("bars"), caption: "Bars.", files: files)])
    ).all("a").filter { $0.outer.contains("figcaption") }
    #expect(
      links.compactMap { $0.attributes["href"] } == [
        "./figures/a.pdf", "./a%20b%25.svg", "./javascript%3Aalert%281%29", "./host/a.png",
        "./%C3%A9%22.svg",
      ])
    #expect(links.prefix(2).map(\.text) == ["PDF", "SVG"])
  }

  @Test("The frame of a page is small, and a cell adds less than 40 bytes to itself")
  func sizeIsModest() {
    let cells = Array(repeating: Array(repeating: "1.2345", count: 20), count: 500)
    let table = PageTable(Array(repeating: "t", count: 20), rows: cells)
    let empty = page([]).html().utf8.count
    let full = page([.table(caption: "Many", table, isFolded: true)]).html().utf8.count
    #expect(empty < 20_000)
    #expect(full - empty < 10_000 * 46)
  }

  @Test("Figures are numbered in the order of the page, in bold before the caption")
  func figureNumbers() throws {
    let section = { (anchor: String) in
      Page.Section(
        anchor: anchor, heading: anchor,
        blocks: [.note("Between."), .figure(SamplePage.figure(anchor), caption: "Bars.")])
    }
    let page = Page(title: "Numbers", subtitle: "", sections: [section("a"), section("b")])
    let parsed = try parsed(page)
    #expect(parsed.all("b").map(\.text) == ["Figure 1.", "Figure 2."])
    #expect(parsed.all("figcaption").map(\.text) == ["Figure 1. Bars.", "Figure 2. Bars."])
  }

  @Test("A narrow drawing stands beside the wide one, under names of its own")
  func narrowDrawing() throws {
    let blocks = [
      Page.Block.figure(
        SamplePage.figure("bars"), narrow: SamplePage.figure("bars", width: 276), caption: "Bars.")
    ]
    let parsed = try parsed(page(blocks))
    let drawings = parsed.all("div").compactMap { $0.attributes["class"] }
      .filter { $0.hasPrefix("drawing") }
    #expect(drawings == ["drawing wide", "drawing narrow"])
    #expect(parsed.all("svg").map { $0.attributes["width"] } == ["504pt", "276pt"])
    #expect(Set(parsed.ids).count == parsed.ids.count)
    #expect(parsed.all("b").map(\.text) == ["Figure 1."])
  }
}
