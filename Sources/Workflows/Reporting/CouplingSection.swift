internal import ChiasmTables
internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmReporting

/// Which target stages every source stage is coupled with.
struct CouplingSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "coupling"
  var heading: String { "Coupling of \(reading.sourceNoun)s and \(reading.targetNoun)s" }

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    [.figure(matrix), .figure(costs)] + spreadPieces + [.figure(flow), table]
      + unused.map(ReportPiece.note)
  }

  private var spreadPieces: [ReportPiece] {
    reading.result.splits.count > 1
      ? [.figure(spread)]
      : [.note("With a single split it is not known how much shares and costs vary.")]
  }

  var coupling: AlignmentResult.Coupling { reading.result.coupling }

  private var unused: [String] {
    let names = zip(reading.sourceNames, coupling.share)
      .filter { $1.allSatisfy { $0 == nil } }.map(\.0)
    return names.isEmpty
      ? []
      : [
        "\(ReportText.list(names)) has no mass in some split, so that there is no share, no depth and "
          + "no score of it (n/a)."
      ]
  }

  private var isBalanced: Bool {
    reading.result.settings.outer.kind == .balanced
  }

  var matrixCaption: String {
    let (source, target) = (reading.sourceNoun, reading.targetNoun)
    let taken = Double(reading.targetNames.count) / Double(reading.sourceNames.count)
    let demand =
      isBalanced
      ? " Each \(target) must be used up, so that every \(source) takes "
        + "\(ReportText.number(taken, decimals: 1)) \(target)s whether they fit or not: a share is no evidence by itself."
        + " Look at the costs\(reading.reference(.costs)) and at each \(target) by itself"
        + "\(reading.reference(.layers))."
      : ""
    let outlined = reading.known == nil ? "" : " Outlines mark the known answers."
    return
      "Coupling share: how the mass of each \(source) is spread over the \(target)s, mean over "
      + "\(reading.splitCount); rows sum to 1." + demand + outlined
  }

  private var table: ReportPiece {
    let hasIntervals = reading.result.evidence.support_frequency != nil
    return .table(
      "Every pair: mass P, share, "
        + (hasIntervals
          ? "its interval when stimuli are drawn anew and everything is fitted anew, how often the pair "
            + "has any mass then, " : "")
        + "cost, 1 minus the mean correlation of matched pairs on training stimuli, and the held-out "
        + "score of the pair alone",
      reading.result.couplingTable { $0.split == "mean" }.dropping(["split"]), reading.words)
  }
}

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

  var costs: ReportFigure {
    let (source, target) = (reading.sourceNoun, reading.targetNoun)
    let least = reading.result.places.map(\.least_cost_layer)
    let cells = reading.sourceNames.indices.map { source in
      reading.targetNames.enumerated().map { target, name in
        MatrixChart.Cell(
          coupling.cost[source][target], isOutlined: least[source] == name,
          note: "SD over splits \(ReportText.number(coupling.cost_sd[source][target]))"
            + ", share \(ReportText.number(coupling.share[source][target]))")
      }
    }
    return ReportFigure(
      .costs,
      caption:
        "Cost of each pair: 1 minus the mean correlation of its matched units on training stimuli, mean "
        + "over \(reading.splitCount); less is more alike. Outlines mark the \(target) of least cost of each "
        + "\(source). The coupling knows these numbers and nothing else. Where the costs of a \(source) are "
        + "nearly equal, its shares say little; a \(target) of more units can cost less by its width alone.",
      MatrixChart(
        ChartHeading(
          name: FigureKind.costs.rawValue, title: "Costs of \(source)s and \(target)s"),
        rows: reading.sourceNames, columns: reading.targetNames, cells: cells, valueName: "Cost",
        decimals: 3, outlineName: "least cost of its row", isFromZero: false, isSmallBetter: true))
  }

  var spread: ReportFigure {
    let (source, target) = (reading.sourceNoun, reading.targetNoun)
    let shares = reading.result.orderedSplits.map(\.split.share)
    let panels = reading.sourceNames.enumerated().map { source, name in
      ProfileChart.Panel(
        name,
        points: reading.targetNames.indices.map { target in
          let own = shares.compactMap { $0[source][target] }
          return ProfileChart.Value(
            coupling.share[source][target],
            band: own.min().flatMap { low in own.max().map { ChartInterval(low: low, high: $0) } },
            reference: interval(source, target)?.ends.map {
              ChartInterval(low: $0.lowerBound, high: $0.upperBound)
            }, note: "SD over splits \(ReportText.number(coupling.share_sd[source][target]))")
        },
        marked: coupling.best_layer[source].flatMap { reading.targetNames.firstIndex(of: $0) })
    }
    return ReportFigure(
      .shareSpread,
      caption:
        "How much the shares\(reading.reference(.coupling)) vary: dots are means over "
        + "\(reading.splitCount), bands reach from the least to the greatest split, the ring is the \(target) of "
        + "greatest mean share. Splits of the same stimuli overlap, so that a band is no confidence "
        + "interval; a share that jumps between splits is not settled by these data."
        + (intervals.isEmpty
          ? ""
          : " Grey: 95 % intervals when stimuli are drawn anew and everything is fitted anew."),
      ProfileChart(
        ChartHeading(
          name: FigureKind.shareSpread.rawValue, title: "Coupling shares over splits, by \(source)"),
        categories: reading.targetNames, panels: panels, categoryName: target.capitalizedFirst,
        valueName: "Coupling share", markName: "greatest share",
        referenceName: "95 % interval for other stimuli"))
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
  var intervals: [EvidenceResult.Interval] {
    reading.result.evidence.intervals.filter { $0.statistic == "share" }
  }

  /// The interval of a share from refits.
  func interval(_ source: Int, _ target: Int) -> EvidenceResult.Interval? {
    guard !intervals.isEmpty else { return nil }
    return reading.result.evidence.interval(
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
