import Foundation
import Testing

@testable import ChiasmReporting

@Suite("Figures as SVG")
struct FigureSVGTests {
  @Test("The text is XML with the title, the description and each mark", arguments: [true, false])
  func parses(_ isFile: Bool) throws {
    let figure = SampleFigure.figure()
    let svg = try ParsedSVG(figure.svg(for: isFile ? .file : .page))
    let root = try #require(svg.elements.first)
    #expect(root.name == "svg")
    #expect(root.attributes["width"] == "252pt")
    #expect(root.attributes["viewBox"] == "0 0 252 200")
    #expect(root.attributes["role"] == "img")
    let title = svg.all("title")[0]
    #expect(title.text == figure.title)
    #expect(title.attributes["id"] == root.attributes["aria-labelledby"])
    #expect(svg.all("desc")[0].text == figure.description)
    #expect(svg.all("desc")[0].attributes["id"] == root.attributes["aria-describedby"])
    #expect(svg.all("title").last?.text == "A circle: V1 & V2 < IT")
    #expect(svg.all("image").count == 2)
    #expect(svg.all("text").contains { $0.text == "V1 & V2 < IT" })
    #expect(svg.all("text").contains { $0.text == "turned" && $0.attributes["transform"] != nil })
  }

  @Test("A file has plain colours on white, a page its own")
  func colors() {
    let file = SampleFigure.figure().svg()
    let page = SampleFigure.figure().svg(for: .page)
    #expect(!file.contains("var(") && file.contains("#1b1b1b") && file.contains("<rect"))
    #expect(page.contains("var(--ink, #1b1b1b)") && page.contains("var(--rule, #c8c8c8)"))
    #expect(page.contains("max-width:100%") && !page.contains("<rect"))
    #expect(!file.contains("<?xml"))
  }

  @Test("Figures with different names share no identifier")
  func identifiers() throws {
    let all = try ["one", "two"].flatMap { name in
      try ParsedSVG(SampleFigure.figure(name: name).svg(for: .page)).elements
        .compactMap { $0.attributes["id"] }
    }
    #expect(all.count == 4)
    #expect(Set(all).count == all.count)
  }

  @Test(
    "Numbers are short and the same in every language",
    arguments: [
      (0, "0"), (1, "1"), (-1, "-1"), (0.5, "0.5"), (-0.25, "-0.25"), (1.0004, "1"),
      (0.001, "0.001"), (1 / 3, "0.333"), (12345.678, "12345.678"), (-0.0001, "0"), (0.9999, "1"),
      (.nan, "0"), (.infinity, "0"), (1e300, "0"),
    ])
  func numbers(_ number: Double, _ text: String) {
    #expect(SVGWriter.number(number) == text)
  }

  @Test("A mark with a place that is not finite is left out", arguments: [.nan, .infinity, 1e9])
  func notFinite(_ bad: Double) throws {
    let raster = Raster(width: 1, height: 1, bytes: [1, 2, 3, 255])
    let marks: [Mark] = [
      .path(.lines([Point(0, 0), Point(bad, 1)]), stroke: Stroke(.ink)),
      .path(.rectangle(Frame(x: 0, y: -bad, width: 1, height: 1)), fill: .ink),
      .path(.circle(center: Point(1, 1), radius: bad), fill: .ink),
      .text(Label("a", at: Point(bad, 0), size: 9)),
      .text(Label("a", at: Point(0, 0), size: bad)),
      .image(raster, Frame(x: 0, y: 0, width: bad, height: 1)),
    ]
    let svg = Self.figure(marks).svg()
    #expect(try ParsedSVG(svg).elements.map(\.name) == ["svg", "title", "desc", "rect"])
    let odd = Self.figure([
      .path(
        .lines([Point(0, 0), Point(1, 1)]),
        stroke: Stroke(.color(.black, opacity: bad), width: bad, dashes: [bad, 1])),
      .text(Label("a", at: Point(0, 0), size: 9, rotation: bad)),
    ]).svg()
    #expect(odd.firstMatch(of: #/="[^"]*(nan|inf)/#) == nil)
  }

  @Test("Marks without anything to see are left out")
  func nothingToSee() throws {
    let marks: [Mark] = [
      .path(Path([]), fill: .ink), .path(Path([.line(Point(1, 1))]), fill: .ink),
      .path(.lines([Point(0, 0), Point(1, 1)])), .text(Label("", at: Point(0, 0), size: 9)),
      .image(
        Raster(width: 0, height: 0, bytes: []), Frame(x: 0, y: 0, width: 1, height: 1)),
      .image(
        Raster(width: 1, height: 1, bytes: [0, 0, 0, 0]), Frame(x: 0, y: 0, width: 0, height: 1)),
    ]
    #expect(try ParsedSVG(Self.figure(marks).svg()).elements.count == 4)
  }

  private static func figure(_ marks: [Mark]) -> Figure {
    Figure(
      name: "marks", title: "Marks", description: "Marks.",
      size: FigureSize(width: 10, height: 10), marks: marks)
  }
}

/// By their numbers: a NUL would cut the lines in which a test is told of.
@Suite("Hostile names in figures")
struct HostileNameTests {
  @Test("A name comes back from XML as it was", arguments: SampleFigure.hostileNames.indices)
  func comesBack(_ number: Int) throws {
    let name = SampleFigure.hostileNames[number]
    let figure = SampleFigure.figure(title: name, note: name)
    let expected = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map {
          "\u{0}\u{7}\u{FFFE}\u{85}".unicodeScalars.contains($0) ? "\u{FFFD}" : $0
        }))
    for place in [Figure.Place.file, .page] {
      let svg = try ParsedSVG(figure.svg(for: place))
      #expect(svg.all("title").first?.text == expected)
      #expect(svg.all("script").isEmpty)
      let texts = svg.all("text").map(\.text)
      #expect(name.isEmpty || texts.contains(expected.oneLine), "\(texts)")
    }
  }

  @Test("A name can be drawn", arguments: SampleFigure.hostileNames.indices)
  func isDrawn(_ number: Int) throws {
    let name = SampleFigure.hostileNames[number]
    let figure = SampleFigure.figure(title: name, note: name)
    #expect(try figure.pdf().starts(with: "%PDF".utf8))
    #expect(try figure.png(dotsPerInch: 50).count > 1000)
  }
}
