public import ChiasmLinearAlgebra

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

  /// Scores a fit by each control.
  ///
  /// - Parameter targetCeilings: the noise ceilings of the target's units, if they are known
  ///   (`HeldOutEvaluation`); raw scores do not depend on them.
  /// - Throws: `AlignmentError`.
  public init(
    _ fit: FittedTransport, on data: StandardizedPair, controls: [any Control],
    targetCeilings: [[Double]]? = nil, threads: Int
  ) async throws {
    let split = try await FittedSplit(
      fit, on: data, targetCeilings: targetCeilings, threads: threads)
    let (evaluation, shares) = (split.evaluation, fit.shares)
    var scores: [MethodScore] = []
    for control in controls { scores += try await control.scores(of: split) }
    self.fit = fit
    self.scores = scores
    unitScores = (0..<evaluation.stageCount).map {
      evaluation.unitScores(stage: $0, weights: shares.row($0))
    }
    stageScores = evaluation.pairScores(by: evaluation.score)
  }
}

/// One split with its fit and its held-out stimuli: all that a control may look at.
public struct FittedSplit: Sendable {
  /// The fit of HOT to the training stimuli.
  public let fit: FittedTransport
  /// The held-out stimuli, with a prediction of every source unit from every target stage.
  public let evaluation: HeldOutEvaluation
  /// Both sides, standardised on the training stimuli.
  let data: StandardizedPair
  /// How many threads a control may use; its results must not depend on it.
  let threads: Int

  /// Predicts the held-out stimuli; `data` must be what `fit` was fitted to, and ceilings be as
  /// `HeldOutEvaluation` wants them.
  public init(
    _ fit: FittedTransport, on data: StandardizedPair, targetCeilings: [[Double]]? = nil,
    threads: Int
  ) async throws {
    self.fit = fit
    self.data = data
    self.threads = threads
    evaluation = try await HeldOutEvaluation(
      fit, on: data, targetCeilings: targetCeilings, threads: threads)
  }
}
