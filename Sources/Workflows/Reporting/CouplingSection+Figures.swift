internal import ChiasmAlignment
internal import ChiasmReporting

extension CouplingSection {
  var matrix: ReportFigure {
    let known = reading.knownTargets
    let cells = reading.sourceNames.indices.map { source in
      reading.targetNames.indices.map { target in
        MatrixChart.Cell(
          coupling.share[source][target], isOutlined: known[source] == target,
          note: note(source, target))
      }
    }
    return ReportFigure(
      .coupling, caption: matrixCaption,
      MatrixChart(
        ChartHeading(name: FigureKind.coupling.rawValue, title: heading), rows: reading.sourceNames,
        columns: reading.targetNames, cells: cells, valueName: "Coupling share", decimals: 2,
        outlineName: "known answer"))
  }

  var flow: ReportFigure {
    let links = reading.sourceNames.indices.flatMap { source in
      reading.targetNames.indices.compactMap { target -> FlowChart.Link? in
        guard let mass = coupling.mass[source][target], mass > 0 else { return nil }
        return FlowChart.Link(
          left: source, right: target, weight: mass, tooltip: tooltip(source, target, mass: mass))
      }
    }
    let (source, target) = (reading.sourceNoun, reading.targetNoun)
    return ReportFigure(
      .flow,
      caption:
        "The same coupling as mass P that goes from \(source)s to \(target)s; a band is as wide as "
        + "its mass. A pointer on a band shows its numbers"
        + (intervals.isEmpty ? "." : ", with 95 % intervals of the share.")
        + " Masses say what goes where, not how well it fits.",
      FlowChart(
        ChartHeading(
          name: FigureKind.flow.rawValue, title: "Mass between \(source)s and \(target)s"),
        left: reading.sourceNames, right: reading.targetNames, links: links,
        leftName: source.capitalizedFirst + "s", rightName: target.capitalizedFirst + "s"))
  }

  /// Whether any share has an interval.
  var intervals: [EvidenceRecord.Interval] {
    (reading.record.evidence?.intervals ?? []).filter { $0.statistic == "share" }
  }

  /// The interval of a share from refits.
  func interval(_ source: Int, _ target: Int) -> EvidenceRecord.Interval? {
    guard !intervals.isEmpty else { return nil }
    return reading.interval(
      .refits, "share", source: reading.sourceNames[source], target: reading.targetNames[target])
  }

  private func note(_ source: Int, _ target: Int) -> String {
    let parts = [
      "SD over splits \(ReportText.number(coupling.share_sd[source][target]))",
      interval(source, target).map { "95 % interval \(ReportText.interval($0))" },
      "cost \(ReportText.number(coupling.cost[source][target]))",
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private func tooltip(_ source: Int, _ target: Int, mass: Double) -> String {
    "\(reading.sourceNames[source]) to \(reading.targetNames[target]): mass \(ReportText.number(mass)), "
      + "share \(ReportText.number(coupling.share[source][target])), \(note(source, target))"
  }
}

extension String {
  /// With a capital first letter.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
