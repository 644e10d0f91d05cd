internal import ChiasmReporting

/// A drawing of a report and the words under it.
struct ReportFigure: Sendable {
  let kind: FigureKind
  /// What it shows and what it cannot show.
  let caption: String
  let chart: any Chart

  init(_ kind: FigureKind, caption: String, _ chart: any Chart) {
    self.kind = kind
    self.caption = caption
    self.chart = chart
  }
}

/// A piece of a section: a figure, or something else of a page.
enum ReportPiece: Sendable {
  case figure(ReportFigure)
  case block(Page.Block)

  static func paragraph(_ text: String) -> ReportPiece { .block(.paragraph(text)) }
  static func note(_ text: String) -> ReportPiece { .block(.note(text)) }
  static func fields(_ pairs: KeyValuePairs<String, String?>) -> ReportPiece {
    .block(.fields([Report.Field].fields(pairs)))
  }
  static func table(
    _ caption: String, _ titles: [String], _ rows: [[String]], isFolded: Bool = true
  ) -> ReportPiece {
    .block(.table(caption: caption, PageTable(titles, rows: rows), isFolded: isFolded))
  }
}

/// A section of a report, made from what was read.
protocol ReportSection: Sendable {
  init(_ reading: AlignmentReading)
  /// A short word for links.
  var anchor: String { get }
  var heading: String { get }
  /// What stands in it; one note where there are no data.
  var pieces: [ReportPiece] { get }
}
