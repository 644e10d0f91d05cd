internal import ChiasmResults
internal import ChiasmTables
public import ChiasmFiles
public import ChiasmReporting

/// The report of an alignment: sections with figures, as one page, and each figure by itself.
public struct AlignmentReport: Sendable {
  private let reading: AlignmentReading
  private let sections: [any ReportSection]

  /// Takes what was read.
  public init(_ reading: AlignmentReading) {
    self.reading = reading
    sections = [
      SummarySection(reading), CouplingSection(reading), LayerSection(reading),
      ControlSection(reading), DepthSection(reading), BrainSection(reading),
      QualitySection(reading), MethodsSection(reading), ProvenanceSection(reading),
    ]
  }

  private var figures: [ReportFigure] {
    sections.flatMap(\.pieces).compactMap { piece in
      if case .figure(let figure) = piece { figure } else { nil }
    }
  }

  /// Which figures the alignment has the data for, in the order of the page.
  public var kinds: [FigureKind] { figures.map(\.kind) }

  /// One figure.
  ///
  /// - Throws: `unrecognised` if the alignment has no data for it, with those that it has.
  public func figure(
    _ kind: FigureKind, style: ChartStyle
  ) throws(WorkflowError) -> Figure {
    guard let figure = figures.first(where: { $0.kind == kind }) else {
      throw .unrecognised(
        path: reading.path,
        reason: "has no data for the figure \(kind.rawValue); it has them for "
          + kinds.map(\.rawValue).joined(separator: ", "))
    }
    return figure.chart.figure(style)
  }

  /// The whole report.
  ///
  /// - Parameter files: for each figure the files that hold it, as paths from the page.
  public func page(style: ChartStyle, files: (FigureKind) -> [String]) -> Page {
    Page(
      title: "Alignment of \(name(reading.result.source.path)) with "
        + name(reading.result.target.path),
      subtitle: "Hierarchical optimal transport; \(Software.name) \(Software.version)",
      sections: sections.map { section in
        Page.Section(
          anchor: section.anchor, heading: section.heading,
          blocks: section.pieces.map { piece in
            switch piece {
            case .block(let block): block
            case .figure(let figure):
              .figure(
                figure.chart.figure(style), caption: figure.caption, files: files(figure.kind))
            }
          })
      })
  }

  /// The last part of a path.
  private func name(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}

extension AlignmentReport {
  /// Writes `report.html` and, if they are wanted, all figures in all formats, `figures/NAME.svg`.
  ///
  /// - Parameter progress: called with the figures done and all there are.
  /// - Returns: the letters that are boxes in PDF and PNG.
  public func write(
    to folder: OutputFolder, style: ChartStyle, withFigures: Bool,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(WorkflowError) -> [Unicode.Scalar] {
    let kinds = self.kinds
    var missing: Set<Unicode.Scalar> = []
    func files(_ kind: FigureKind) -> [String] {
      withFigures ? FigureFormat.allCases.map { "figures/\(kind.rawValue).\($0.rawValue)" } : []
    }
    do {
      for (place, kind) in kinds.enumerated() where withFigures {
        let figure = try figure(kind, style: style)
        for (format, file) in zip(FigureFormat.allCases, files(kind)) {
          try AtomicFile.write(format.bytes(of: figure), to: folder.path(for: file))
        }
        missing.formUnion(figure.lettersWithoutFont)
        progress(place + 1, kinds.count)
      }
      try TextFile.write(
        page(style: style, files: files).html(), to: folder.path(for: "report.html"))
      return missing.sorted()
    } catch {
      throw WorkflowError(error)
    }
  }
}

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
    _ caption: String, _ table: ResultTable, _ words: Wording, isFolded: Bool = true
  ) -> ReportPiece {
    .block(.table(caption: caption, PageTable(table, words), isFolded: isFolded))
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
