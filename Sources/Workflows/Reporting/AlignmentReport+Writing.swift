public import ChiasmFiles
public import ChiasmReporting

extension AlignmentReport {
  /// Writes `report.html` and, if they are wanted, all figures in all formats, `figures/NAME.svg`.
  ///
  /// - Parameter progress: called with the figures done and all there are.
  public func write(
    to folder: OutputFolder, style: ChartStyle, withFigures: Bool,
    progress: (Int, Int) -> Void = { _, _ in }
  ) throws(WorkflowError) {
    let kinds = self.kinds
    func files(_ kind: FigureKind) -> [String] {
      withFigures ? FigureFormat.allCases.map { "figures/\(kind.rawValue).\($0.rawValue)" } : []
    }
    do {
      for (place, kind) in kinds.enumerated() where withFigures {
        let figure = try figure(kind, style: style)
        for (format, file) in zip(FigureFormat.allCases, files(kind)) {
          try AtomicFile.write(format.bytes(of: figure), to: folder.path(for: file))
        }
        progress(place + 1, kinds.count)
      }
      try TextFile.write(
        page(style: style, files: files).html(), to: folder.path(for: "report.html"))
    } catch {
      throw WorkflowError(error)
    }
  }
}
