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
      reading.interval(.refits, "expected_depth", source: reading.sourceNames[0]) == nil
      ? "" : " Whiskers: 95 % intervals when stimuli are drawn anew and everything is fitted anew."
    return "Expected depth: the mean place of each \(reading.sourceNoun) among the "
      + "\(reading.targetNoun)s, the first being 1, weighted by coupling share.\(bars) Equal masses alone "
      + "make rising depths likely: look at the nulls."
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
  }

  private var statisticTable: ReportPiece {
    let statistics = reading.hierarchy
    let observed = [
      statistics.spearman, statistics.kendall, statistics.nearDiagonalMass,
    ]
    let nulls = NullTest.Null.allCases.filter { reading.isShown($0) }
    let rows = zip(Self.statistics, observed).flatMap { name, value -> [[String]] in
      let found = [
        ReportText.statistic(name), ReportText.number(value.finite),
        ReportText.interval(reading.interval(.refits, name)),
      ]
      guard !nulls.isEmpty else { return [found] }
      return nulls.map { null in
        let test = reading.test(null, name)
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
    let places = reading.record.places
    let ends = places.map {
      reading.interval(.refits, "expected_depth", source: $0.source_stage)
    }
    let hasEnds = ends.contains { $0 != nil }
    return .table(
      "Where each \(reading.sourceNoun) lies: expected depth, the \(reading.targetNoun) of greatest share "
        + "(and how many tie for it), of least cost and of the best held-out score by itself, and how HOT "
        + "does beside the last",
      [reading.sourceNoun, "expected depth"] + (hasEnds ? ["95 % interval"] : [])
        + ["greatest share", "tied", "least cost", "best alone", "HOT is"],
      zip(places, ends).map { place, ends in
        [place.source_stage, ReportText.number(place.expected_depth)]
          + (hasEnds ? [ReportText.interval(ends)] : [])
          + [
            place.best_layer ?? "n/a", String(place.tied_layers), place.least_cost_layer ?? "n/a",
            place.best_score_layer ?? "n/a", place.verdict?.rawValue ?? "n/a",
          ]
      }, isFolded: false)
  }

  private var aloneTable: ReportPiece {
    .table(
      "HOT beside the \(reading.targetNoun) that scores best alone: difference with its 95 % interval over "
        + "splits; in each split the \(reading.targetNoun) is chosen by the others",
      [
        reading.sourceNoun, "best alone", "its score", "HOT", "difference", "95 % low", "95 % high",
        "HOT is",
      ],
      reading.record.places.map { place in
        [place.source_stage, place.best_score_layer ?? "n/a"]
          + [place.best_score, place.score, place.difference, place.lower, place.upper].map {
            ReportText.number($0)
          } + [place.verdict?.rawValue ?? "n/a"]
      })
  }
}

extension AlignmentReading {
  /// How well the mean coupling keeps the order.
  var hierarchy: HierarchyStatistics {
    let masses = record.coupling.mass.flatMap { $0.map { max($0 ?? 0, 0) } }
    return HierarchyStatistics(
      coupling: Matrix(
        rowCount: sourceNames.count, columnCount: targetNames.count, elements: masses))
  }
}

extension AlignmentReading {
  /// Whether a null was drawn and is evidence.
  func isShown(_ null: NullTest.Null) -> Bool {
    (record.evidence?.nulls ?? []).contains { $0.null == null.rawValue && $0.p_value != nil }
  }

  /// The p-values of a statistic of order against permuted stimuli and against other orders; nil
  /// without both.
  func orderPValues(_ statistic: String) -> (stimuli: Double, orders: Double)? {
    guard let stimuli = test(.stimulusPermutation, statistic)?.p_value,
      let orders = test(.layerPermutation, statistic)?.p_value
    else { return nil }
    return (stimuli, orders)
  }
}
