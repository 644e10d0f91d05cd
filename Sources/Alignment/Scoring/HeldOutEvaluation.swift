internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// The held-out stimuli of a split, ready to judge any way of mixing the target stages.
///
/// A way of mixing is a matrix of weights, source stages × target stages; the prediction of source
/// stage l is X̂_l = Σ_m w_lm n_l Y_m Q_lmᵀ. HOT is the mixture with w = L · P, or
/// P divided by its row sums where these are not 1/L.
public struct HeldOutEvaluation: Sendable {
  private let stages: [HeldOutStage]
  /// The held-out responses that are predicted.
  let source: [HeldOutResponses]
  /// The held-out responses that predict them.
  let target: [HeldOutResponses]

  /// Predicts every source unit from every target stage alone.
  ///
  /// The result does not depend on `threads`. Complexity: O(units · stages² · stimuli).
  ///
  /// - Parameter targetCeilings: for each target stage the noise ceiling of every unit, those without
  ///   variance included, NaN for one that correlations are not to be divided by; nil when the target
  ///   counts as free of noise.
  public init(
    _ fit: FittedTransport, on data: StandardizedPair, targetCeilings: [[Double]]? = nil,
    threads: Int
  ) async throws {
    let (source, target) = try await data.heldOutResponses(
      targetCeilings: targetCeilings, threads: threads)
    try await self.init(
      source: source, target: target, isPartial: fit.isPartial,
      threads: threads
    ) {
      fit.match($0, $1).predictor
    }
  }

  /// Predicts every source unit from every target stage by what `predictor` gives for the two; with
  /// `isPartial` it may leave units out.
  init(
    source: [HeldOutResponses], target: [HeldOutResponses], isPartial: Bool = false, threads: Int,
    predictor: @escaping @Sendable (_ source: Int, _ target: Int) -> any UnitPredictor
  ) async throws {
    let tasks = source.unitBlocks
    let blocks = try await concurrentMap(count: tasks.count, threads: threads) { index in
      let (stage, units) = tasks[index]
      return Self.predict(
        units, of: source[stage], from: target, by: target.indices.map { predictor(stage, $0) })
    }
    var stages = source.map { _ in HeldOutStage(targetCount: target.count, isPartial: isPartial) }
    for (task, block) in zip(tasks, blocks) { stages[task.stage].append(block) }
    (self.stages, self.source, self.target) = (stages, source, target)
  }

  /// The number of source stages.
  public var stageCount: Int { stages.count }

  /// The correlation of every unit of a source stage with the mixture that `weights` make.
  ///
  /// NaN for a unit that does not vary over the held-out stimuli.
  public func unitScores(stage: Int, weights: some Collection<Double>) -> [Double] {
    stages[stage].correlations(weights: Array(weights))
  }

  /// The mean over the units of a source stage of their correlation with the mixture.
  ///
  /// Units that do not vary over the held-out stimuli are left out; NaN when none does.
  public func score(stage: Int, weights: some Collection<Double>) -> Double {
    Spread(ofDefined: unitScores(stage: stage, weights: weights)).mean
  }

  /// The mean over units of Σ_m w_m Σ_j n_l Q_lm[i,j] ρ(x_i, y_j): matching without averaging.
  ///
  /// Where plans leave units out, the sum of a unit is divided by Σ_m w_m Σ_j n_l Q_lm[i,j], so that its
  /// matches weigh by their mass, and units without any are left out.
  public func matchedScore(stage: Int, weights: some Collection<Double>) -> Double {
    Spread(ofDefined: matchedUnitScores(stage: stage, weights: weights)).mean
  }

  /// The same of each unit; NaN for one that is left out or does not vary over the held-out stimuli.
  public func matchedUnitScores(stage: Int, weights: some Collection<Double>) -> [Double] {
    stages[stage].matchedCorrelations(weights: Array(weights))
  }

  /// The same of each unit with every ρ(x_i, y_j) divided by √NC_j, the root of the target unit's
  /// ceiling: the sum over target units that have one, by the mass that goes to them. NaN for a unit
  /// without such mass; nil when no ceilings were given.
  public func matchedUnitScoresWithoutTargetNoise(
    stage: Int, weights: some Collection<Double>
  ) -> [Double]? {
    target.contains { $0.ceilings == nil }
      ? nil : stages[stage].noiselessMatchedCorrelations(weights: Array(weights))
  }

  private static func predict(
    _ units: Range<Int>, of source: HeldOutResponses, from target: [HeldOutResponses],
    by predictors: [any UnitPredictor]
  ) -> HeldOutStage {
    let stimulusCount = source.values.columnCount
    var stage = HeldOutStage(targetCount: target.count, isPartial: false)
    for unit in units {
      guard source.varies[unit] else {
        stage.appendConstantUnit()
        continue
      }
      var rows = Matrix(rowCount: target.count + 1, columnCount: stimulusCount, repeating: 0.0)
      let matches = predictors.indices.map {
        predictors[$0].predict(unit, of: source, from: target[$0], into: &rows, row: $0)
      }
      rows.add(1, times: unit, of: source.values, toRow: target.count)
      stage.appendUnit(
        products: rows.product(transposing: rows), stimulusCount: stimulusCount, matches: matches)
    }
    return stage
  }
}

extension HeldOutEvaluation {
  /// What `score` gives each source stage when it is predicted from one target stage alone: source
  /// stages × target stages.
  func pairScores(by score: (_ stage: Int, _ weights: [Double]) -> Double) -> Matrix<Double> {
    let alone = Matrix.choosing(Array(target.indices), columnCount: target.count)
    return Matrix(
      rowCount: stageCount, columnCount: target.count,
      elements: (0..<stageCount).flatMap { stage in
        target.indices.map { score(stage, Array(alone.row($0))) }
      })
  }
}
