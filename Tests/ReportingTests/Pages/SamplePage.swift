import Foundation
import Testing

@testable import ChiasmReporting

/// A page with everything that a page may hold, and with names that do their worst.
enum SamplePage {
  static let hostile = [
    "<script>alert('x')</script>", "a & b &amp; \"c\"' onmouseover='d", "]]><!-- -->", "שלום עולם",
    "\u{202E}esrever \u{2066}open", String(repeating: "verylongname", count: 17),
    String(forbidden), "👩‍🔬 e\u{301}", "two\nlines\tand a tab",
    "</title></style></script></svg>", "{{#braces}} ${code} \\(more)",
  ]

  /// What neither HTML nor XML may hold.
  private static let forbidden = String.UnicodeScalarView(
    [0, 1, 0x1F, 0x7F, 0x85, 0xFDD0, 0xFFFE, 0x1FFFF].compactMap { Unicode.Scalar($0) })

  /// The text with U+FFFD for what a page may not hold.
  static func shown(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      shown.append(forbidden.contains(scalar) ? "\u{FFFD}" : scalar)
    }
    return String(shown)
  }

  static let table = PageTable(["name", "score"], rows: [["V1", "0.5"], ["V2", "n/a"]])

  static func figure(_ name: String, words: String = "Bars", width: Double = 504) -> Figure {
    let bars = (0..<8).flatMap { place -> [Mark] in
      let (x, height) = (20 + Double(place) * (width - 40) / 8, 20 + 15 * Double(place))
      let corners = [
        Point(x, 170), Point(x, 170 - height), Point(x + 20, 170 - height), Point(x + 20, 170),
      ]
      let bar = Path([.move(corners[0])] + corners.dropFirst().map { .line($0) } + [.close])
      let color = Color(red: 0.2, green: 0.1 * Double(place), blue: 0.6)
      return [
        .group([.path(bar, fill: .color(color))], title: "\(words) \(place)"),
        .text(Label("\(place)", at: Point(x + 10, 184), size: 8, anchor: .middle)),
      ]
    }
    return Figure(
      name: name, title: words, description: "Eight bars, each higher than the one before.",
      size: FigureSize(width: width, height: 190), marks: bars)
  }

  static let page = Page(
    title: "Sample", subtitle: "Everything that a page may hold",
    sections: [
      .init(
        anchor: "found", heading: "What was found",
        blocks: [
          .paragraph(String(repeating: "A paragraph has several lines. ", count: 8)),
          .fields([
            .init(name: "Score", value: "0.31 [0.28, 0.34]"),
            .init(name: "Digest", value: String(repeating: "0123456789abcdef", count: 4)),
          ]),
          .figure(
            figure("bars"), narrow: figure("bars", width: 276), caption: "Eight bars.",
            files: ["figures/bars.svg"]),
          .figure(
            figure("wide", words: hostile[0], width: 700),
            narrow: figure("wide", words: hostile[0], width: 276), caption: hostile.joined()),
          .table(caption: "Regions", table, isFolded: false),
        ]),
      .init(
        anchor: "numbers", heading: "Many numbers",
        blocks: [
          .table(caption: "A wide table", numbers(rows: 12, columns: 24), isFolded: false),
          .table(caption: "A long table", numbers(rows: 150, columns: 5), isFolded: false),
          .table(caption: "A folded table", numbers(rows: 40, columns: 5), isFolded: true),
          .table(caption: "No rows", PageTable(["a"], rows: []), isFolded: false),
        ]),
      .init(anchor: "empty", heading: "Nothing", blocks: []),
      .init(anchor: "missing", heading: "Missing", blocks: [.note("No image was given.")]),
      .init(
        anchor: "methods", heading: "Methods",
        blocks: [.quotation("Methods, ready to paste.\n\nA second paragraph.")]),
    ]
      + hostile.enumerated().map { place, text in
        .init(
          anchor: "hostile", heading: "\(place) \(text)",
          blocks: [
            .paragraph(text), .note(text), .fields([.init(name: text, value: text)]),
            .quotation(text),
            .table(
              caption: text, PageTable([text, "n"], rows: [[text, "1"], ["b", "-2"]]),
              isFolded: place.isMultiple(of: 2)),
          ])
      })

  /// Numbers that are in no order, some missing.
  private static func numbers(rows: Int, columns: Int) -> PageTable {
    PageTable(
      ["Name"] + (1..<columns).map { "layer\($0).conv" },
      rows: (0..<rows).map { row in
        ["unit \(row)"]
          + (1..<columns).map { column in
            let number = (row * 7919 + column * 104_729) % 997
            return number % 17 == 0 ? "n/a" : "\(Double(number - 400) / 100)"
          }
      })
  }

  private static let folder = ProcessInfo.processInfo.environment["CHIASM_PAGES"]

  @Suite("The sample page")
  struct Looks {
    @Test(
      "It is left for Tests/look-at-pages",
      .enabled(if: folder != nil, "CHIASM_PAGES names no folder for it"))
    func isLeft() throws {
      let folder = URL(filePath: try #require(folder), directoryHint: .isDirectory)
      let figures = folder.appending(path: "figures", directoryHint: .isDirectory)
      try FileManager.default.createDirectory(at: figures, withIntermediateDirectories: true)
      try Data().write(to: figures.appending(path: "bars.svg"))
      try Data(page.html().utf8).write(to: folder.appending(path: "sample.html"))
    }
  }
}
