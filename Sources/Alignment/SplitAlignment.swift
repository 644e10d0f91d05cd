public import LinearAlgebra

/// One split, fitted and judged on its held-out stimuli.
public struct SplitAlignment: Sendable {
  /// The fit.
  public let fit: FittedTransport
  /// The scores of HOT and of every control.
  public let scores: [MethodScore]
  /// For each source stage, the held-out correlation of every unit with its HOT prediction, in the
  /// order of the plans' rows; NaN for a unit that does not vary over the held-out stimuli.
  public let unitScores: [[Double]]
  /// The held-out score of each source stage predicted from one target stage alone: source stages ×
  /// target stages. Unlike the cost it does not fall by itself with the number of units.
  public let stageScores: Matrix<Double>

  /// Scores a fit by each control; one with a single mixture also gets its matched score.
  public init(
    _ fit: FittedTransport, on data: StandardizedPair, controls: [any Control], threads: Int
  ) async throws {
    let evaluation = try await HeldOutEvaluation(fit, on: data, threads: threads)
    let shares = fit.shares
    self.fit = fit
    scores = controls.flatMap { control in
      Self.scores(of: control.mixtures(for: fit), named: control.name, evaluation)
    }
    unitScores = (0..<evaluation.stageCount).map {
      evaluation.unitScores(stage: $0, weights: shares.row($0))
    }
    let targetCount = shares.columnCount
    stageScores = Matrix(
      rowCount: evaluation.stageCount, columnCount: targetCount,
      elements: (0..<evaluation.stageCount * targetCount).map { index in
        let alone = Matrix.choosing([index % targetCount], columnCount: targetCount)
        return evaluation.score(stage: index / targetCount, weights: alone.row(0))
      })
  }

  private static func scores(
    of mixtures: [Matrix<Double>], named name: String, _ evaluation: HeldOutEvaluation
  ) -> [MethodScore] {
    let mixed = MethodScore(
      method: name,
      draws: mixtures.map { weights in
        (0..<evaluation.stageCount).map {
          evaluation.score(stage: $0, weights: weights.row($0))
        }
      })
    guard let weights = mixtures.first, mixtures.count == 1 else { return [mixed] }
    let matched = (0..<evaluation.stageCount).map {
      evaluation.matchedScore(stage: $0, weights: weights.row($0))
    }
    return [mixed, MethodScore(method: name + "-matched", draws: [matched])]
  }
}
