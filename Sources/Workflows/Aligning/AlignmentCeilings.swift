internal import Alignment
public import Statistics

/// The noise ceilings of the source's units, by which scores are normalised.
///
/// The target's prediction counts as free of noise: how noisy a mixture of recorded units is, their
/// ceilings do not tell.
public struct AlignmentCeilings: Sendable {
  /// What leaves out units whose ceiling is too low to divide by.
  public let normalization: CeilingNormalization
  /// For each source stage, the ceiling of every unit in use; NaN where it is not known.
  let stages: [[Double]]

  /// Ceilings of the units in the files and which of these are in use.
  init(_ ceilings: [[Double]], floor: Double, units: [[Int]]) {
    normalization = CeilingNormalization(floor: floor)
    stages = zip(ceilings, units).map { ceilings, units in units.map { ceilings[$0] } }
  }

  /// For each stage, how many units in use have a ceiling below the floor.
  public var belowFloorCounts: [Int] {
    stages.map { stage in stage.count { $0 < normalization.floor } }
  }

  /// For each stage, how many units in use have no known ceiling.
  public var unknownCounts: [Int] { stages.map { stage in stage.count(where: \.isNaN) } }

  /// The normalised scores of every unit of a stage that a fit has a row for.
  func normalized(_ scores: [Double], stage: Int, fit: FittedTransport) -> NormalizedScore {
    normalization.normalize(
      scores, columns: fit.source[stage].unitColumns, ceilings: stages[stage])
  }

  /// For each stage the mean normalised score of a method on a split, and the mean of these.
  func normalized(_ score: MethodScore, fit: FittedTransport) -> [Double] {
    let stages = score.unitScores.enumerated().map { stage, scores in
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
