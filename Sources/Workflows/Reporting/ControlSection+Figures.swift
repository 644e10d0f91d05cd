internal import ChiasmAlignment
internal import ChiasmReporting

extension ControlSection {
  var scores: ReportFigure {
    let rows = methods.compactMap { name -> IntervalChart.Row? in
      guard let method = reading.record.scores[name] else { return nil }
      let draws = method.draws
      return IntervalChart.Row(
        ReportText.method(name), value: method.mean,
        interval: method.mean.flatMap { mean in
          method.sd.map { ChartInterval(low: mean - $0, high: mean + $0) }
        },
        reference: draws?.mean.flatMap { mean in
          draws?.sd.map { IntervalChart.Reference(mean: mean, deviation: $0) }
        }, note: ReportText.meaning(name))
    }
    return ReportFigure(
      .controls, caption: scoreCaption,
      IntervalChart(
        ChartHeading(name: FigureKind.controls.rawValue, title: "HOT and its controls"), rows: rows,
        valueName: "Held-out score, r; mean ± SD over splits",
        referenceName: "random draws"))
  }

  var differences: ReportFigure {
    let rows = comparisons.map { comparison in
      IntervalChart.Row(
        "HOT − " + ReportText.method(comparison.other_method), value: comparison.difference,
        interval: comparison.lower.flatMap { low in
          comparison.upper.map { ChartInterval(low: low, high: $0) }
        }, note: "p = \(ReportText.p(comparison.p_value))")
    }
    return ReportFigure(
      .differences, caption: differenceCaption,
      IntervalChart(
        ChartHeading(
          name: FigureKind.differences.rawValue, title: "HOT compared with its controls"),
        rows: rows, valueName: "Difference of held-out scores; 95 % interval"))
  }

  /// The draws of statistics under every null that has some, with HOT among them.
  func nullHistograms(of statistics: [String]) -> HistogramChart? {
    reading.nullHistograms(of: statistics, kind: .nulls, title: "The score among its nulls")
  }
}

extension AlignmentReading {
  /// The draws of statistics under every null that has some; nil if none has.
  func nullHistograms(
    of statistics: [String], kind: FigureKind, title: String
  ) -> HistogramChart? {
    let panels = NullTest.Null.allCases.flatMap { null in
      statistics.compactMap { statistic -> HistogramChart.Panel? in
        let values = draws.draws(null, statistic)
        guard !values.isEmpty, let test = test(null, statistic) else { return nil }
        let (short, long) =
          switch null {
          case .stimulusPermutation: ("stimuli", "Permuted stimuli")
          case .layerPermutation: ("orders", "Other orders of \(targetNoun)s")
          case .randomMaps: ("maps", "Random maps")
          }
        return HistogramChart.Panel(
          statistics.count > 1 ? "\(ReportText.shortStatistic(statistic)), \(short)" : long,
          values: values, observed: test.observed, note: "p = \(ReportText.p(test.p_value))")
      }
    }
    guard !panels.isEmpty else { return nil }
    return HistogramChart(
      ChartHeading(name: kind.rawValue, title: title), panels: panels,
      valueName: statistics.count > 1
        ? "Value" : ReportText.statistic(statistics[0]).capitalizedFirst,
      observedName: "HOT", isShared: statistics.count == 1)
  }
}
