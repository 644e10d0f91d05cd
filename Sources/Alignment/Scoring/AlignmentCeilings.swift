public import ChiasmStatistics

/// The noise ceilings of the units, by which scores are normalised.
///
/// A correlation of matched units is divided by √(NC NC′) when the target has ceilings NC′ too. The
/// prediction of any other method counts as free of noise: how noisy a mixture of recorded units is,
/// their ceilings do not tell.
public struct AlignmentCeilings: Sendable {
  /// What leaves out units whose ceiling is too low to divide by.
  public let normalization: CeilingNormalization
  /// For each source stage, the ceiling of every unit in use; NaN where it is not known.
  public let stages: [[Double]]
  /// The same of the target; nil when it has none.
  public let targetStages: [[Double]]?

  /// Ceilings of the units in the files and which of these are in use.
  public init(
    _ ceilings: [[Double]], target: [[Double]]?, floor: Double,
    units: (source: [[Int]], target: [[Int]])
  ) {
    func used(_ ceilings: [[Double]], _ units: [[Int]]) -> [[Double]] {
      zip(ceilings, units).map { ceilings, units in units.map { ceilings[$0] } }
    }
    normalization = CeilingNormalization(floor: floor)
    stages = used(ceilings, units.source)
    targetStages = target.map { used($0, units.target) }
  }

  /// The target's ceilings that correlations may be divided by; NaN for the others.
  public var targetCeilingsInUse: [[Double]]? {
    targetStages?.map { stage in stage.map { $0 < normalization.floor ? .nan : $0 } }
  }

  /// For each source stage the mean normalised score of a method on a split, and the mean of these.
  public func normalized(_ score: MethodScore, fit: FittedTransport) -> [Double] {
    let scores = score.unitScoresWithoutTargetNoise ?? score.unitScores
    let means = scores.enumerated().map { stage, scores in
      Spread(
        ofDefined: normalization.normalize(
          scores, columns: fit.source[stage].unitColumns, ceilings: stages[stage])
      ).mean
    }
    return means + [Spread(means).mean]
  }
}
