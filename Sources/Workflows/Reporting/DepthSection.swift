internal import ChiasmResults
internal import ChiasmTables
internal import ChiasmAlignment
internal import ChiasmLinearAlgebra
internal import ChiasmReporting
internal import ChiasmStatistics

/// Where each source stage lies in the target's hierarchy.
struct DepthSection: ReportSection {
  let reading: AlignmentReading
  let anchor = "depth"
  let heading = "Depth along the hierarchy"

  init(_ reading: AlignmentReading) { self.reading = reading }

  var pieces: [ReportPiece] {
    guard reading.sourceNames.count > 1 && reading.targetNames.count > 1 else {
      return [
        .note(
          "With a single \(reading.sourceNames.count > 1 ? reading.targetNoun : reading.sourceNoun) there is "
            + "no order to look at.")
      ]
    }
    let nulls = nullHistograms(of: Self.statistics)
    return [.figure(depth), statisticTable, depthTable, aloneTable]
      + (nulls.map { [.figure(ReportFigure(.orderNulls, caption: nullCaption, $0))] } ?? [])
  }

  static let statistics = ["spearman", "kendall", "near_diagonal_mass"]

  var caption: String {
    let bars =
      reading.result.evidence.interval(.refits, "expected_depth", source: reading.sourceNames[0])
        == nil
      ? "" : " Whiskers: 95 % intervals when stimuli are drawn anew and everything is fitted anew."
    return "Expected depth: the mean place of each \(reading.sourceNoun) among the "
      + "\(reading.targetNoun)s, the first being 1, weighted by coupling share.\(bars) Equal masses alone "
      + "make rising depths likely: look at the nulls\(reading.reference(.orderNulls))."
  }

  private var nullCaption: String {
    "The order of the coupling that was found, among that of couplings under each null: Spearman's ρ, "
      + "Kendall's τ-b and the mass near the diagonal. With permuted "
      + "stimuli everything is fitted anew, equal masses included; other orders of the "
      + "\(reading.targetNoun)s keep the fits. Neighbouring \(reading.targetNoun)s resemble each other, so that "
      + "the p of other orders is too small rather than too great. In random maps each "
      + "\(reading.sourceNoun) has its costs at a random place among the \(reading.targetNoun)s and the "
      + "coupling is fitted anew: only this asks whether the order could be chance where every "
      + "\(reading.sourceNoun) does fit some \(reading.targetNoun)."
      + (reading.isShown(.layerPermutation)
        ? "" : " Other orders have a p only beside permuted stimuli (--permutations).")
  }

  private var statisticTable: ReportPiece {
    let order = reading.result.hierarchy
    let observed = [order.spearman, order.kendall, order.near_diagonal_mass]
    let nulls = NullTest.Null.allCases.filter { reading.isShown($0) }
    let rows = zip(Self.statistics, observed).flatMap { name, value -> [[String]] in
      let found = [
        Quantity.statistic.title(of: name), ReportText.number(value),
        ReportText.interval(reading.result.evidence.interval(.refits, name)),
      ]
      guard !nulls.isEmpty else { return [found] }
      return nulls.map { null in
        let test = reading.result.evidence.test(null, name)
        return found + [
          Self.words(null), ReportText.number(test?.null_mean), ReportText.p(test?.p_value),
        ]
      }
    }
    return .table(
      "How well the coupling keeps the order"
        + (nulls.isEmpty ? "; no nulls were drawn" : ", against each null"),
      ["statistic", "observed", "95 % interval"]
        + (nulls.isEmpty ? [] : ["null", "null mean", "p"]), rows, isFolded: false)
  }

  private static func words(_ null: NullTest.Null) -> String {
    switch null {
    case .stimulusPermutation: "stimuli permuted"
    case .layerPermutation: "other orders"
    case .randomMaps: "random maps"
    }
  }

  private var depthTable: ReportPiece {
    let places = reading.result.placeTable.brief
    let depths = reading.result.intervalTable {
      $0.draws_of == IntervalEstimate.Method.refits.rawValue && $0.statistic == "expected_depth"
    }.selecting(["interval_low", "interval_high", "interval_method"])
    return .table(
      "Where each \(reading.sourceNoun) lies: expected depth, the \(reading.targetNoun) of greatest share "
        + "(and how many tie for it), of least cost and of the best held-out score by itself, and how HOT "
        + "does beside the last",
      depths.rows.isEmpty ? places : places.joined(with: depths), reading.words, isFolded: false)
  }

  private var aloneTable: ReportPiece {
    .table(
      "All numbers of each \(reading.sourceNoun): the difference is of HOT and the \(reading.targetNoun) that "
        + "is best by score, with its 95 % interval over splits; in each split that "
        + "\(reading.targetNoun) is chosen by the others",
      reading.result.placeTable, reading.words)
  }
}

extension AlignmentReading {
  /// Whether a null was drawn and is evidence.
  func isShown(_ null: NullTest.Null) -> Bool {
    result.evidence.nulls.contains { $0.null == null.rawValue && $0.p_value != nil }
  }

  /// The p-values of a statistic of order against permuted stimuli and against other orders; nil
  /// without both.
  func orderPValues(_ statistic: String) -> (stimuli: Double, orders: Double)? {
    guard let stimuli = result.evidence.test(.stimulusPermutation, statistic)?.p_value,
      let orders = result.evidence.test(.layerPermutation, statistic)?.p_value
    else { return nil }
    return (stimuli, orders)
  }
}

extension DepthSection {
  var depth: ReportFigure {
    let depths = reading.result.coupling.expected_depth
    let points = reading.sourceNames.enumerated().map { place, name in
      let ends = reading.result.evidence.interval(.refits, "expected_depth", source: name)?.ends
      return DepthChart.Value(
        name, value: depths[place],
        interval: ends.map { ChartInterval(low: $0.lowerBound, high: $0.upperBound) })
    }
    let known = reading.knownTargets
    let guide =
      reading.known == nil
      ? nil : DepthChart.Guide("known answer", values: known.map { $0.map { Double($0 + 1) } })
    let spearman = reading.result.hierarchy.spearman
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
