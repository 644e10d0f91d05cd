internal import ChiasmAlignment
internal import ChiasmReporting
internal import ChiasmStatistics

/// How HOT scores beside something else on the same splits, by the paired interval of the difference.
enum Verdict: String, Codable, Equatable {
  case better
  case worse
  case undecided = "not told apart"

  /// Nil where there is no interval, as with one split. Differences below 1e-9 are rounding.
  init?(_ comparison: MethodComparison) {
    guard let difference = comparison.difference, let lower = comparison.lower,
      let upper = comparison.upper
    else { return nil }
    self =
      abs(difference) < 1e-9 ? .undecided : lower > 0 ? .better : upper < 0 ? .worse : .undecided
  }
}

/// Where a source stage lies, and whether the coupling predicts it better than one layer would.
struct StagePlace: Codable, Equatable {
  let source_stage: String
  let expected_depth: Double?
  /// The layer with the greatest mean share; of those that tie the one of least cost, and none where
  /// all of them tie.
  let best_layer: String?
  /// How many layers tie for the greatest mean share, the best among them.
  let tied_layers: Int
  /// The layer of least mean cost.
  let least_cost_layer: String?
  /// The layer that predicts the stage best by itself: the greatest mean held-out score.
  let best_score_layer: String?
  /// That score.
  let best_score: Double?
  /// The score of HOT.
  let score: Double?
  /// HOT minus the layer alone, mean over splits, with its 95 % interval (`MethodComparison`).
  ///
  /// In each split the layer is the one that scores best in the others, so that no layer is judged by
  /// the score that chose it.
  let difference: Double?
  let lower: Double?
  let upper: Double?
  let verdict: Verdict?
}

extension AlignmentRecord {
  /// Where each source stage lies.
  var places: [StagePlace] {
    let splits = split_order.compactMap { self.splits[$0] }
    let least = leastCostTargets
    return source.stages.indices.map { stage in
      let hot = splits.map { $0.scores["hot"].flatMap { $0[stage] } ?? .nan }
      let alone = splits.map { split in
        split.layer_scores?[stage].map { $0 ?? .nan } ?? target.stages.map { _ in .nan }
      }
      let best = bestLayer(of: stage, in: alone)
      let chosen = alone.enumerated().map { number, scores -> Double in
        let others = alone.enumerated().filter { $0.offset != number }.map(\.element)
        return bestLayer(of: stage, in: others).map { scores[$0] } ?? .nan
      }
      let comparison = MethodComparison(
        ("hot", hot), ("alone", chosen), ratio: test_to_training_ratio ?? 0)
      return StagePlace(
        source_stage: source.stages[stage], expected_depth: coupling.expected_depth[stage],
        best_layer: coupling.best_layer[stage], tied_layers: coupling.tied_layers[stage],
        least_cost_layer: least[stage], best_score_layer: best.map { target.stages[$0] },
        best_score: best.flatMap { layer in Spread(alone.map { $0[layer] }).mean.finite },
        score: scores["hot"]?.stages[stage], difference: comparison.difference,
        lower: comparison.lower, upper: comparison.upper, verdict: Verdict(comparison))
    }
  }

  /// The layer of greatest mean score over splits, and of those that tie the one of least cost.
  private func bestLayer(of stage: Int, in splits: [[Double]]) -> Int? {
    guard !splits.isEmpty else { return nil }
    let means = target.stages.indices.map { layer in Spread(splits.map { $0[layer] }).mean }
    guard let greatest = means.filter({ !$0.isNaN }).max() else { return nil }
    let costs = coupling.cost[stage]
    return means.indices.filter { means[$0] >= greatest - 1e-12 }
      .min { (costs[$0] ?? .infinity) < (costs[$1] ?? .infinity) }
  }

  /// Where each source stage lies: depth, layers, whether HOT predicts better than the best layer alone
  /// and, where they are asked for, the right answers and the held-out scores of HOT.
  func placeTable(known: [String: String]? = nil, withScores: Bool = false) -> TextTable {
    TextTable(
      ["stage", "depth", "best layer", "tied", "least cost", "best alone", "HOT is"]
        + (known == nil ? [] : ["known"]) + (withScores ? ["score"] : []),
      rows: places.map { place in
        [
          place.source_stage, NumberText.fixed(place.expected_depth, decimals: 2),
          place.best_layer ?? "n/a", String(place.tied_layers), place.least_cost_layer ?? "n/a",
          place.best_score_layer ?? "n/a", place.verdict?.rawValue ?? "n/a",
        ] + (known.map { [$0[place.source_stage] ?? "n/a"] } ?? [])
          + (withScores ? [NumberText.fixed(place.score, decimals: 4)] : [])
      })
  }
}

extension AlignmentRecord {
  /// In words, a sentence each: whether layers alone or all alike score as HOT does, with what to run
  /// next, or which controls HOT is better than.
  ///
  /// - Parameter noun: what a stage of the target is called.
  func verdict(noun: String = "layer") -> [String] {
    let all = (comparisons ?? []).filter {
      $0.method == "hot" && Self.controls.contains($0.other_method)
    }
    guard !all.isEmpty, let hot = scores["hot"]?.mean else { return [] }
    let rivals = [
      ("pairwise-best", "\(noun.capitalizedFirst)s taken alone", alone),
      ("uniform-p", "All \(noun)s alike", ""),
    ].compactMap { name, words, which in
      all.first { $0.other_method == name && ($0.difference ?? .nan) <= 1e-9 }.map {
        words + sentence($0, hot) + which + "."
      }
    }
    guard rivals.isEmpty else {
      return rivals
        + (settings.outer?.problem ?? "balanced" == "balanced"
          ? [
            "Balanced masses make every \(noun) be used up, whether it fits or not; run align with "
              + "--outer auto next, which drops that demand where the data do."
          ] : [])
    }
    func named(_ isMeant: (MethodComparison) -> Bool) -> String? {
      let methods = all.filter(isMeant).map(\.other_method)
      return methods.isEmpty ? nil : Self.names(methods)
    }
    if all.allSatisfy({ $0.lower == nil }) {
      let above = named { ($0.difference ?? .nan) > 1e-9 }.map { "HOT scores above \($0)" }
      let others = named { !(($0.difference ?? .nan) > 1e-9) }.map {
        "HOT does not score above \($0)"
      }
      return [above, others].compactMap { $0.map { $0 + "; one split gives no interval." } }
    }
    let worse = named { Verdict($0) == .worse }.map { "HOT scores worse than \($0)." }
    let undecided = named { Verdict($0) != .better && Verdict($0) != .worse }.map {
      "HOT is not to be told apart from \($0) by these splits."
    }
    let sentences = [worse, undecided].compactMap(\.self)
    return sentences.isEmpty
      ? ["HOT scores better than each of its controls: \(Self.names(all.map(\.other_method)))."]
      : sentences
  }

  /// The controls that mix the predictions of HOT's own plans.
  private static let controls: Set<String> = [
    "perm-p", "single-best", "pairwise-best", "uniform-p", "entropy-p",
  ]

  private static func names(_ methods: [String]) -> String {
    ReportText.list(methods.map(ReportText.method))
  }

  /// `: V1 block00, V2 block02`, the layers that are alone the cheapest.
  private var alone: String {
    let pairs = zip(source.stages, leastCostTargets).compactMap { stage, layer in
      layer.map { "\(stage) \($0)" }
    }
    return pairs.isEmpty ? "" : ": " + pairs.joined(separator: ", ")
  }

  private func sentence(_ comparison: MethodComparison, _ hot: Double) -> String {
    let other = scores[comparison.other_method]?.mean
    if abs(comparison.difference ?? .nan) < 1e-9 {
      return " score the same as HOT, \(ReportText.number(hot)) ("
        + ReportText.method(comparison.other_method) + ")"
    }
    let verdict = Verdict(comparison)
    let words =
      verdict == .worse
      ? " score better than HOT" : " score at least as well as HOT"
    let ends = comparison.lower.flatMap { lower in comparison.upper.map { (lower, $0) } }
    return words + ", \(ReportText.number(other)) against \(ReportText.number(hot)) ("
      + ReportText.method(comparison.other_method)
      + (ends.map {
        "; difference \(ReportText.number(comparison.difference.map(-)))"
          + ", 95 % \(ReportText.number(-$0.1)) to \(ReportText.number(-$0.0))"
      } ?? "; one split gives no interval") + ")"
      + (verdict == .undecided ? ", not to be told apart by these splits" : "")
  }
}

extension AlignmentResult {
  /// Where each source stage lies and how well it is predicted, and how HOT does beside its controls, a
  /// line each; those of the table are no wider than 80 columns where names are short.
  public var placeLines: [String] {
    let record = AlignmentRecord(self)
    return record.placeTable(withScores: true).lines(width: 80)
      + record.verdict()
  }
}
