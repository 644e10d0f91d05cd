internal import ChiasmLinearAlgebra
internal import ChiasmResponses
internal import ChiasmStatistics

/// Ridge regression on the units of all target stages at once: what a linear map can predict that
/// nothing constrains, the ceiling of every control.
///
/// Each source unit y is regressed on all target units Z, z-scored on the training stimuli,
/// w = argmin ‖y − Z w‖² + γ max(T, q) ‖w‖² for T training stimuli and q units of all target stages.
/// γ is chosen for each source unit by the least squared error of `foldCount` folds of the training
/// stimuli, or of whole groups where they belong together, so that the held-out stimuli see none of it.
/// All penalties come of one decomposition (`RidgePredictor`). Complexity: O(T² q + T³) a split, and
/// O(T²) a source unit and penalty; memory: some 30 bytes for each target unit and stimulus.
public struct ConcatenatedRidge: Control {
  /// `ridge` in result files.
  public static let description = ControlDescription(
    name: "ridge", title: "Ridge", meaning: "ridge regression on the units of all {targets}")
  /// The folds of the training stimuli; as many as there are stimuli when these are fewer.
  public let foldCount: Int
  /// γ, ascending.
  public let relativePenalties: [Double]
  /// The seed of the folds.
  public let seed: UInt64

  /// Configures the folds and the penalties.
  ///
  /// - Precondition: two folds or more; penalties are positive, and there is one.
  public init(
    foldCount: Int = 5, relativePenalties: [Double] = RidgePredictivity.automaticPenalties,
    seed: UInt64
  ) {
    precondition(foldCount > 1, "A penalty is chosen by two folds at least.")
    precondition(
      !relativePenalties.isEmpty && relativePenalties.allSatisfy { $0 > 0 && $0.isFinite },
      "Penalties are positive numbers.")
    self.foldCount = foldCount
    self.relativePenalties = relativePenalties.sorted()
    self.seed = seed
  }

  /// The correlation of every source unit with its prediction; there is no matched score.
  ///
  /// - Throws: `AlignmentError` for a decomposition that fails.
  public func scores(of split: FittedSplit) async throws -> [MethodScore] {
    let (source, target) = (split.data.source, split.data.target)
    let trainingFolds = folds(of: target[0], split.data.groups)
    let predictor = try RidgePredictor(
      RidgeStage(
        Stage(name: name, joining: target.map(\.stage)),
        rows: target[0].trainingRows + target[0].heldOutRows,
        folds: trainingFolds), heldOut: 0, measure: name)
    let units = try await concurrentMap(count: source.count, threads: split.threads) { stage in
      try scores(of: source[stage], by: predictor, folds: trainingFolds)
    }
    return [MethodScore(method: name, stageCount: source.count) { _, stage in units[stage] }]
  }
}

extension ConcatenatedRidge {
  /// Positions among training and then held-out stimuli: the held-out ones, then the inner folds.
  private func folds(of stage: StandardizedStage, _ partition: Grouping?) -> [[Int]] {
    let training = stage.training.count
    let groups = StimulusGroups(stage.trainingRows, partition)
    let inner = groups.folds(min(foldCount, groups.members.count), seed: seed)
    return [Array(training..<training + stage.heldOut.count)] + inner
  }

  private func scores(
    of stage: StandardizedStage, by predictor: RidgePredictor, folds: [[Int]]
  ) throws -> [Double] {
    let ridgeStage = RidgeStage(
      stage.stage, rows: stage.trainingRows + stage.heldOutRows, folds: folds)
    let responses = RidgeResponses(ridgeStage, fold: predictor)
    let scores = try predictor.scores(of: responses, relativePenalties: relativePenalties)
    var byColumn = [Double](repeating: .nan, count: stage.originalUnitCount)
    for (column, score) in zip(responses.columns, scores) {
      byColumn[ridgeStage.unitColumns[column]] = score
    }
    return stage.unitColumns.map { byColumn[$0] }
  }
}
