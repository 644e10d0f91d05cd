internal import ChiasmStatistics
internal import ChiasmTables

/// How HOT scores beside something else on the same splits, by the paired interval of the difference.
public enum Verdict: String, Codable, Equatable, Sendable {
  /// The interval lies above 0.
  case better
  /// The interval lies below 0.
  case worse
  /// The interval holds 0, or the two are the same but for rounding.
  case undecided = "not told apart"

  /// Nil where there is no interval, as with one split. Differences below 1e-9 are rounding.
  public init?(_ comparison: MethodComparison) {
    guard let difference = comparison.difference, let lower = comparison.lower,
      let upper = comparison.upper
    else { return nil }
    self =
      abs(difference) < 1e-9 ? .undecided : lower > 0 ? .better : upper < 0 ? .worse : .undecided
  }
}

/// Where a source stage lies, and whether the coupling predicts it better than one target stage would.
public struct StagePlace: Codable, Equatable, Sendable {
  /// The source stage.
  public let source_stage: String
  /// Σ_m m · share, m from 1.
  public let expected_depth: Double?
  /// The target stage of greatest mean share; of those that tie the one of least cost, and none where
  /// all of them tie.
  public let best_layer: String?
  /// How many target stages tie for the greatest mean share, the best among them.
  public let tied_layers: Int
  /// The target stage of least mean cost.
  public let least_cost_layer: String?
  /// The target stage that predicts the source stage best by itself: the greatest mean held-out score.
  public let best_score_layer: String?
  /// That score.
  public let best_score: Double?
  /// The score of HOT.
  public let score: Double?
  /// HOT minus the target stage alone, mean over splits (`MethodComparison`).
  ///
  /// In each split the target stage is the one that scores best in the others, so that none is judged
  /// by the score that chose it.
  public let difference: Double?
  /// The lower end of the 95 % interval of the difference.
  public let lower: Double?
  /// The upper end.
  public let upper: Double?
  /// What the interval says.
  public let verdict: Verdict?

  static func places(
    of sources: [String], among targets: [String], _ coupling: AlignmentResult.Coupling,
    _ splits: [SplitResult], ratio: Double
  ) -> [StagePlace] {
    sources.indices.map { stage in
      let costs = coupling.cost[stage].map { $0 ?? .nan }
      let hot = splits.map { $0.scores["hot"].flatMap { $0[stage] } ?? .nan }
      let alone = splits.map { $0.layer_scores[stage].map { $0 ?? .nan } }
      let best = greatest(alone, costs)
      let chosen = alone.enumerated().map { number, scores -> Double in
        let others = alone.enumerated().filter { $0.offset != number }.map(\.element)
        return greatest(others, costs).map { scores[$0] } ?? .nan
      }
      let comparison = MethodComparison(
        ("hot", hot), ("alone", chosen), stage: sources[stage], ratio: ratio)
      return StagePlace(
        source_stage: sources[stage], expected_depth: coupling.expected_depth[stage],
        best_layer: coupling.best_layer[stage], tied_layers: coupling.tied_layers[stage],
        least_cost_layer: costs.indexOfLeast().map { targets[$0] },
        best_score_layer: best.map { targets[$0] },
        best_score: best.flatMap { layer in Spread(alone.map { $0[layer] }).mean.finite },
        score: Spread(hot).mean.finite, difference: comparison.difference,
        lower: comparison.lower, upper: comparison.upper, verdict: Verdict(comparison))
    }
  }

  /// The place of the greatest mean over splits, and of those that tie the one of least cost.
  private static func greatest(_ splits: [[Double]], _ costs: [Double]) -> Int? {
    guard let first = splits.first else { return nil }
    return first.indices.map { layer in Spread(splits.map { $0[layer] }).mean }
      .indexOfGreatest(tie: .rounding, costs: costs)
  }

  static let columns: [ResultColumn<StagePlace>] = [
    .init(.sourceStage, text: { $0.source_stage }),
    .init(
      Quantity(
        "expected_depth", "depth",
        "Mean place of the {source} among the {targets}, weighted by "
          + "coupling share; 1 is the first {target}", .fixed(2)), { $0.expected_depth }),
    .init(
      Quantity(
        "best_layer", "best {target}",
        "The {target} of greatest coupling share, mean over splits; "
          + "of those that tie the one of least cost, and none where all tie", .text),
      text: { $0.best_layer }),
    .init(
      Quantity(
        "tied_layers", "tied",
        "How many {targets} are within 1e-12 of the greatest share, the best "
          + "among them", .count), count: { $0.tied_layers }),
    .init(
      Quantity(
        "least_cost_layer", "least cost",
        "The {target} of least cost on training stimuli, mean over splits", .text),
      text: { $0.least_cost_layer }),
    .init(
      Quantity(
        "best_score_layer", "best by score",
        "The {target} of greatest held-out score by itself, mean over splits", .text),
      text: { $0.best_score_layer }),
    .init(
      Quantity(
        "best_score", "its score", "The held-out score of the {target} that is best by score",
        in: -1...1, isDetail: true), { $0.best_score }),
    .init(
      Quantity("score", "score", "The held-out score of HOT", in: -1...1), { $0.score }),
    .init(
      Quantity(
        "difference", "difference",
        "Score of HOT minus that of the {target} that is best by score, mean over "
          + "splits; in each split that {target} is chosen by the others", isDetail: true),
      { $0.difference }),
    .init(
      Quantity(
        "lower", "95 % low", "Lower end of the 95 % interval of the difference", isDetail: true),
      { $0.lower }),
    .init(
      Quantity("upper", "95 % high", "Upper end of that interval", isDetail: true), { $0.upper }),
    .init(
      Quantity(
        "verdict", "HOT is",
        "How HOT predicts beside the {target} that is best by score, by the "
          + "interval", .text,
        levels: [
          .init("better", "better", "The interval lies above 0"),
          .init("worse", "worse", "The interval lies below 0"),
          .init("not told apart", "not told apart", "The interval holds 0"),
        ]), text: { $0.verdict?.rawValue }),
  ]
}
