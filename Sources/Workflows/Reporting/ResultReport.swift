internal import ChiasmResults
internal import ChiasmTables
public import ChiasmFiles
public import ChiasmReporting
internal import Foundation

/// The report of a result, an alignment or a comparison: sections with figures, as one page, and each
/// figure by itself.
public struct ResultReport: Sendable {
  private struct Section: Sendable {
    let anchor: String
    let heading: String
    let pieces: [ReportPiece]

    init(_ section: any ReportSection) {
      (anchor, heading, pieces) = (section.anchor, section.heading, section.pieces)
    }
  }

  private let path: String
  private let title: String
  private let subtitle: String
  private let sections: [Section]

  /// Reads what the folder holds.
  ///
  /// - Throws: as an `AlignmentReading`; `unrecognised` for settings that a comparison does not have.
  public init(_ settings: ReportSettings) throws(WorkflowError) {
    guard ComparisonReading.isThere(settings.folder) else {
      self.init(try AlignmentReading(settings))
      return
    }
    self.init(try ComparisonReading(settings))
  }

  /// Takes an alignment.
  public init(_ reading: AlignmentReading) {
    func sections(_ reading: AlignmentReading) -> [any ReportSection] {
      [
        SummarySection(reading), CouplingSection(reading), LayerSection(reading),
        ControlSection(reading), DepthSection(reading), BrainSection(reading),
        QualitySection(reading), MethodsSection(reading), ProvenanceSection(reading),
      ]
    }
    // Which figures there are is known when all are made; then their numbers can be said.
    var numbered = reading
    numbered.figures = sections(reading).flatMap(\.pieces).compactMap(\.figure).map(\.kind)
    path = reading.path
    title =
      "Alignment of \(reading.result.source.name) with \(reading.result.target.name)"
    subtitle = "Hierarchical optimal transport; \(Software.name) \(Software.version)"
    self.sections = sections(numbered).map(Section.init)
  }

  /// Takes a comparison.
  init(_ reading: ComparisonReading) {
    path = reading.path
    title = "Comparison of \(reading.result.source.name) with \(reading.result.target.name)"
    subtitle =
      "\(ReportText.list(reading.result.measure_order)); \(Software.name) \(Software.version)"
    sections = reading.sections.map(Section.init)
  }

  private var figures: [ReportFigure] { sections.flatMap(\.pieces).compactMap(\.figure) }

  /// Which figures the result has the data for, in the order of the page.
  public var kinds: [FigureKind] {
    figures.map(\.kind).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// One figure.
  ///
  /// - Parameter measure: which of a comparison is meant; nil for the first.
  /// - Throws: `unrecognised` if the result has no data for it, with those that it has.
  public func figure(
    _ kind: FigureKind, measure: String? = nil, style: ChartStyle
  ) throws(WorkflowError) -> Figure {
    let ofKind = figures.filter { $0.kind == kind }
    guard !ofKind.isEmpty else {
      throw .unrecognised(
        path: path,
        reason: "has no data for the figure \(kind.rawValue); it has them for "
          + kinds.map(\.rawValue).joined(separator: ", "))
    }
    guard let figure = ofKind.first(where: { measure == nil || $0.measure == measure }) else {
      let names = ofKind.compactMap(\.measure)
      throw .unrecognised(
        path: path,
        reason: "has no figure \(kind.rawValue) of the measure \(measure ?? ""); it has "
          + (names.isEmpty ? "one without a measure" : "those of " + names.joined(separator: ", ")))
    }
    return figure.chart.figure(style)
  }

  /// The whole report.
  ///
  /// - Parameter files: for each figure, by its name, the files that hold it, as paths from the page.
  public func page(style: ChartStyle, files: (String) -> [String]) -> Page {
    // What a window of 400 pixels shows without making it smaller.
    let narrow = ChartStyle(width: 276, fontSize: style.fontSize, palette: style.palette)
    return Page(
      title: title, subtitle: subtitle,
      sections: sections.map { section in
        Page.Section(
          anchor: section.anchor, heading: section.heading,
          blocks: section.pieces.map { piece in
            switch piece {
            case .block(let block): block
            case .figure(let figure):
              .figure(
                figure.chart.figure(style), narrow: figure.chart.figure(narrow),
                caption: figure.caption, files: files(figure.name))
            }
          })
      })
  }
}

extension ResultReport {
  /// Writes `report.html` and, if they are wanted, all figures in all formats, `figures/NAME.svg`.
  ///
  /// - Parameter progress: called with the figures done and all there are.
  /// - Returns: the letters that are boxes in PDF and PNG.
  public func write(
    to folder: OutputFolder, style: ChartStyle, withFigures: Bool,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(WorkflowError) -> [Unicode.Scalar] {
    let figures = self.figures
    var missing: Set<Unicode.Scalar> = []
    func files(_ name: String) -> [String] {
      withFigures ? FigureFormat.allCases.map { "figures/\(name).\($0.rawValue)" } : []
    }
    do {
      for (place, figure) in figures.enumerated() where withFigures {
        let drawing = figure.chart.figure(style)
        for (format, file) in zip(FigureFormat.allCases, files(figure.name)) {
          try AtomicFile.write(format.bytes(of: drawing), to: folder.path(for: file))
        }
        missing.formUnion(drawing.lettersWithoutFont)
        progress(place + 1, figures.count)
      }
      try TextFile.write(
        page(style: style, files: files).html(), to: folder.path(for: "report.html"))
      return missing.sorted()
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension AlignmentResult.Side {
  /// The last part of the path.
  fileprivate var name: String { path.split(separator: "/").last.map(String.init) ?? path }
}

/// A drawing of a report and the words under it.
struct ReportFigure: Sendable {
  let kind: FigureKind
  /// The measure that is shown; nil for what is not one of several measures.
  let measure: String?
  /// What it shows and what it cannot show.
  let caption: String
  let chart: any Chart

  init(
    _ kind: FigureKind, measure: String? = nil, caption: String, _ chart: any Chart
  ) {
    self.kind = kind
    self.measure = measure
    self.caption = caption
    self.chart = chart
  }

  /// The name of its files.
  var name: String { kind.name(of: measure) }
}

/// A piece of a section: a figure, or something else of a page.
enum ReportPiece: Sendable {
  case figure(ReportFigure)
  case block(Page.Block)

  var figure: ReportFigure? { if case .figure(let figure) = self { figure } else { nil } }

  static func paragraph(_ text: String) -> ReportPiece { .block(.paragraph(text)) }
  static func note(_ text: String) -> ReportPiece { .block(.note(text)) }
  static func fields(_ pairs: KeyValuePairs<String, String?>) -> ReportPiece {
    .block(.fields([Report.Field].fields(pairs)))
  }
  static func table(
    _ caption: String, _ table: ResultTable, _ words: Wording, isFolded: Bool = true
  ) -> ReportPiece {
    .block(.table(caption: caption, PageTable(table, words), isFolded: isFolded))
  }
  static func table(
    _ caption: String, _ titles: [String], _ rows: [[String]], isFolded: Bool = true
  ) -> ReportPiece {
    .block(.table(caption: caption, PageTable(titles, rows: rows), isFolded: isFolded))
  }
  /// The files that were read, with their digests.
  static func inputs(_ caption: String, _ provenance: Provenance) -> ReportPiece {
    .table(caption, ["file", "SHA-256"], provenance.inputs.map { [$0.path, $0.sha256] })
  }
}

/// A section of a report, made from what was read.
protocol ReportSection: Sendable {
  /// A short word for links.
  var anchor: String { get }
  var heading: String { get }
  /// What stands in it; one note where there are no data.
  var pieces: [ReportPiece] { get }
}
