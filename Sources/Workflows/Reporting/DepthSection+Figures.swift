internal import ChiasmAlignment
internal import ChiasmReporting
internal import ChiasmStatistics

extension DepthSection {
  var depth: ReportFigure {
    let depths = reading.record.coupling.expected_depth
    let points = reading.sourceNames.enumerated().map { place, name in
      let ends = reading.interval(.refits, "expected_depth", source: name)?.ends
      return DepthChart.Value(
        name, value: depths[place],
        interval: ends.map { ChartInterval(low: $0.lowerBound, high: $0.upperBound) })
    }
    let known = reading.knownTargets
    let guide =
      reading.known.isEmpty
      ? nil : DepthChart.Guide("known answer", values: known.map { $0.map { Double($0 + 1) } })
    let spearman = reading.hierarchy.spearman.finite
    let p = reading.orderPValues("spearman")
    return ReportFigure(
      .depth, caption: caption,
      DepthChart(
        ChartHeading(name: FigureKind.depth.rawValue, title: heading), points: points,
        categoryName: reading.sourceNoun.capitalizedFirst, valueName: "Expected depth",
        levels: reading.targetNames, guide: guide,
        note: spearman.map {
          "Spearman's ρ \(ReportText.number($0, decimals: 2))"
            + (p.map {
              ", p = \(ReportText.p($0.stimuli)) (stimuli), \(ReportText.p($0.orders)) (other orders)"
            } ?? "")
        } ?? ""))
  }

  func nullHistograms(of statistics: [String]) -> HistogramChart? {
    reading.nullHistograms(
      of: statistics, kind: .orderNulls, title: "The order of the coupling among its nulls")
  }
}
