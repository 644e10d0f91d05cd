internal import LinearAlgebra
internal import OptimalTransport
internal import Statistics

/// The held-out stimuli of a split, ready to judge any way of mixing the target stages.
///
/// A way of mixing is a matrix of weights, source stages × target stages; the prediction of source
/// stage l is X̂_l = Σ_m w_lm n_l Y_m Q_lmᵀ. HOT is the mixture with w = L · P.
public struct HeldOutEvaluation: Sendable {
  /// For each source stage its units, in the order of the plans' rows.
  private let stages: [[HeldOutUnit]]

  /// Predicts every source unit from every target stage alone.
  ///
  /// The result does not depend on `threads`. Complexity: O(units · stages² · stimuli).
  public init(
    _ fit: FittedTransport, on data: StandardizedPair, threads: Int
  ) async throws {
    let tasks = data.source.indices.flatMap { stage in
      stride(from: 0, to: data.source[stage].unitCount, by: 64).map { first in
        (stage, first..<min(first + 64, data.source[stage].unitCount))
      }
    }
    let blocks = try await concurrentMap(count: tasks.count, threads: threads) { index in
      let (stage, units) = tasks[index]
      return units.map { Self.unit($0, of: stage, in: fit, data) }
    }
    var stages = [[HeldOutUnit]](repeating: [], count: data.source.count)
    for (task, block) in zip(tasks, blocks) { stages[task.0] += block }
    self.stages = stages
  }

  /// The number of source stages.
  public var stageCount: Int { stages.count }

  /// The correlation of every unit of a source stage with the mixture that `weights` make.
  ///
  /// NaN for a unit that does not vary over the held-out stimuli.
  public func unitScores(stage: Int, weights: some Collection<Double>) -> [Double] {
    stages[stage].map { $0.correlation(weights: weights) }
  }

  /// The mean over the units of a source stage of their correlation with the mixture.
  ///
  /// Units that do not vary over the held-out stimuli are left out; NaN when none does.
  public func score(stage: Int, weights: some Collection<Double>) -> Double {
    Self.meanOfDefined(unitScores(stage: stage, weights: weights))
  }

  /// The mean over units of Σ_m w_m Σ_j n_l Q_lm[i,j] ρ(x_i, y_j): matching without averaging.
  public func matchedScore(stage: Int, weights: some Collection<Double>) -> Double {
    Self.meanOfDefined(stages[stage].map { $0.matchedCorrelation(weights: weights) })
  }

  private static func meanOfDefined(_ values: [Double]) -> Double {
    let defined = values.filter { !$0.isNaN }
    return defined.reduce(0, +) / Double(defined.count)
  }

  private static func unit(
    _ row: Int, of stage: Int, in fit: FittedTransport, _ data: StandardizedPair
  ) -> HeldOutUnit {
    let source = data.source[stage]
    let response = CentredValues(source.heldOut.row(row).map(Double.init))
    let guesses = data.target.indices.map { target in
      guess(
        of: response, row: row, scale: Double(source.unitCount),
        plan: fit.match(stage, target).plan, from: data.target[target].heldOut)
    }
    return HeldOutUnit(
      response: response, predictions: guesses.map { CentredValues($0.prediction) },
      matched: guesses.map(\.matched))
  }

  /// The prediction of one source unit from one target stage, and the mean of the correlations with
  /// the units that it is made of, each weighted by n_l Q_lm[i,j].
  private static func guess(
    of response: CentredValues, row: Int, scale: Double, plan: TransportPlan,
    from heldOut: Matrix<Float>
  ) -> (prediction: [Double], matched: Double) {
    var prediction = [Double](repeating: 0, count: heldOut.columnCount)
    var matched = 0.0
    for index in plan.indices(ofRow: row) {
      let weight = scale * plan.masses[index]
      let responses = heldOut.row(Int(plan.columns[index])).map(Double.init)
      for stimulus in responses.indices { prediction[stimulus] += weight * responses[stimulus] }
      let unit = CentredValues(responses)
      guard unit.varies && response.varies else { continue }
      matched += weight * unit.product(with: response) / (unit.norm * response.norm)
    }
    return (prediction, matched)
  }
}
