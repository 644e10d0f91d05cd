internal import ChiasmFiles
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
      title: "Alignment of \(name(reading.record.source.path)) with "
        + name(reading.record.target.path),
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
