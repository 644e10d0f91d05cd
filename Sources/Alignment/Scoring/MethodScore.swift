internal import ChiasmStatistics

/// The held-out score of one method on one split.
public struct MethodScore: Equatable, Sendable {
  /// The name in result files: `hot`, `perm-p`, `hot-matched` ….
  public let method: String
  /// One row a draw (a single one unless the method draws at random): a score a source stage.
  public let draws: [[Double]]
  /// For each source stage the score of every unit, the mean over draws, in the order of the plans'
  /// rows; NaN for a unit without a score. Empty for a mean over splits.
  public let unitScores: [[Double]]
  /// The same with each correlation divided by the root of the target unit's noise ceiling, for a
  /// matched score when the target's ceilings are known; nil for every other.
  public let unitScoresWithoutTargetNoise: [[Double]]?
  /// The coupling of stages that the method found itself; nil for all but global transport.
  public let coupling: GlobalCoupling?

  /// Gathers scores of stages that are known already.
  public init(
    method: String, draws: [[Double]], unitScores: [[Double]] = [],
    unitScoresWithoutTargetNoise: [[Double]]? = nil, coupling: GlobalCoupling? = nil
  ) {
    self.method = method
    self.draws = draws
    self.unitScores = unitScores
    self.unitScoresWithoutTargetNoise = unitScoresWithoutTargetNoise
    self.coupling = coupling
  }

  /// Takes the score of a stage as the mean over its units that have one; NaN if none has.
  ///
  /// - Parameter score: the scores of all units of a stage in a draw; NaN for a unit without one,
  ///   which must be without in all draws.
  public init(
    method: String, stageCount: Int, drawCount: Int = 1, coupling: GlobalCoupling? = nil,
    unitScores score: (_ draw: Int, _ stage: Int) -> [Double]
  ) {
    var draws = [[Double]](repeating: [], count: drawCount)
    var units = [[Double]](repeating: [], count: stageCount)
    for stage in 0..<stageCount {
      for draw in 0..<drawCount {
        let scores = score(draw, stage)
        draws[draw].append(Spread(ofDefined: scores).mean)
        if draw == 0 { units[stage] = [Double](repeating: 0, count: scores.count) }
        for (unit, score) in scores.enumerated() { units[stage][unit] += score / Double(drawCount) }
      }
    }
    self.init(method: method, draws: draws, unitScores: units, coupling: coupling)
  }

  /// Takes the matched score of each source stage, with the target stages weighed by its row.
  ///
  /// - Parameter units: the scores of all units of a stage as these are wanted in the end.
  init(
    matched method: String, _ evaluation: HeldOutEvaluation, weights: (_ stage: Int) -> [Double],
    units: (_ scores: [Double], _ stage: Int) -> [Double] = { scores, _ in scores }
  ) {
    let stages = 0..<evaluation.stageCount
    let scores = stages.map { stage in
      units(evaluation.matchedUnitScores(stage: stage, weights: weights(stage)), stage)
    }
    let noiseless = stages.compactMap { stage in
      evaluation.matchedUnitScoresWithoutTargetNoise(stage: stage, weights: weights(stage))
        .map { units($0, stage) }
    }
    self.init(
      method: method + ControlDescription.matchedSuffix,
      draws: [scores.map { Spread(ofDefined: $0).mean }],
      unitScores: scores,
      unitScoresWithoutTargetNoise: noiseless.isEmpty ? nil : noiseless)
  }

  /// Puts scores of one method on successive source stages together. Traps without a stage.
  init(joining stages: [MethodScore]) {
    self.init(
      method: stages[0].method,
      draws: stages[0].draws.indices.map { draw in stages.flatMap { $0.draws[draw] } },
      unitScores: stages.flatMap(\.unitScores))
  }

  /// The score of each source stage, the mean over draws.
  public var stageScores: [Double] {
    let count = draws.first?.count ?? 0
    return (0..<count).map { stage in Spread(draws.map { $0[stage] }).mean }
  }

  /// The score of the method: for each draw the mean over source stages.
  public var drawScores: [Double] { draws.map { Spread($0).mean } }

  /// The mean over source stages and draws.
  public var score: Double { Spread(drawScores).mean }
}

extension MethodScore {
  /// The mean over splits of the scores of one method, draw by draw.
  ///
  /// A draw is the same relabelling in every split, so that its mean over splits is to the mean of
  /// HOT what it is in a split. Traps without a split or when the numbers of draws differ.
  public init(meanOver splits: [MethodScore]) {
    precondition(Set(splits.map(\.draws.count)).count == 1, "Every split has the same draws.")
    self.init(
      method: splits[0].method,
      draws: splits[0].draws.indices.map { draw in
        splits[0].draws[draw].indices.map { stage in
          Spread(splits.map { $0.draws[draw][stage] }).mean
        }
      })
  }
}
