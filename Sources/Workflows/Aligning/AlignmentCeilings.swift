internal import ChiasmAlignment
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
  let stages: [[Double]]
  /// The same of the target; nil when it has none.
  let targetStages: [[Double]]?

  /// Ceilings of the units in the files and which of these are in use.
  init(
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
  var targetCeilingsInUse: [[Double]]? {
    targetStages?.map { stage in stage.map { $0 < normalization.floor ? .nan : $0 } }
  }

  /// The normalised scores of every unit of a stage that a fit has a row for.
  func normalized(_ scores: [Double], stage: Int, fit: FittedTransport) -> NormalizedScore {
    normalization.normalize(
      scores, columns: fit.source[stage].unitColumns, ceilings: stages[stage])
  }

  /// For each stage the mean normalised score of a method on a split, and the mean of these.
  func normalized(_ score: MethodScore, fit: FittedTransport) -> [Double] {
    let scores = score.unitScoresWithoutTargetNoise ?? score.unitScores
    let stages = scores.enumerated().map { stage, scores in
      normalized(scores, stage: stage, fit: fit).mean
    }
    return stages + [Spread(stages).mean]
  }
}

extension AlignmentResult {
  /// For each split and then for their mean, the normalised scores of a method: those of the stages,
  /// then their mean. All NaN when no ceilings were asked for.
  func normalizedScores(of method: String) -> [[Double]] {
    let scores = scores(of: method)
    guard let ceilings else {
      return [[Double]](
        repeating: [Double](repeating: .nan, count: sourceNames.count + 1),
        count: scores.count + 1)
    }
    let own = zip(scores, splits).map { ceilings.normalized($0, fit: $1.fit) }
    return own + [own[0].indices.map { place in Spread(own.map { $0[place] }).mean }]
  }
}
