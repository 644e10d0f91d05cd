/// Divides the scores of units by what the noise of the recording lets a score be.
///
/// With r_i the correlation of unit i and its prediction and NC_i the share of the unit's variance
/// that is signal (see `NoiseCeiling`), the normalised score is
/// ```
/// r_i / √NC_i                where only the predicted unit is noisy, as brain from model
/// r_i / √(NC_i · NC′_i)      where what predicts it has a ceiling NC′_i too, as brain from brain
/// ```
/// Spearman's correction for attenuation: the correlation that would be found without noise,
/// provided that the noise of the two sides is independent. Reference: Spearman1904.
///
/// A small ceiling is known poorly and blows up what it divides, so no score is divided by a ceiling
/// below the floor: such units are left out of the mean and counted, they are not clipped to it.
public struct CeilingNormalization: Equatable, Sendable {
  /// The floor unless another is asked for, a share of variance.
  public static let defaultFloor = 0.1

  /// The least ceiling, a share of variance, that a score is divided by; of two, each must reach it.
  public let floor: Double

  /// - Precondition: the floor is above 0 and at most 1.
  public init(floor: Double = defaultFloor) {
    precondition(floor > 0 && floor <= 1, "A floor is a share above 0 and at most 1.")
    self.floor = floor
  }

  /// Normalises the scores of some units of one stage.
  ///
  /// - Parameters:
  ///   - scores: r of each unit; a NaN is left out and counted.
  ///   - columns: for each score, the place of its unit in `ceilings`; nil if they stand in one order.
  ///   - ceilings: NC of every unit of the stage, NaN where it is not known.
  ///   - targetCeilings: for each score, in the order of `scores`, NC′ of what predicts the unit,
  ///     NaN where it is not known; nil if the prediction counts as free of noise.
  /// - Returns: the normalised scores, their mean, and the counts of units left out.
  /// - Precondition: a column and a target's ceiling for each score; every column has a ceiling.
  public func normalize(
    _ scores: [Double], columns: [Int]? = nil, ceilings: [Double], targetCeilings: [Double]? = nil
  ) -> NormalizedScore {
    precondition((columns ?? Array(ceilings.indices)).count == scores.count, "A column a score.")
    precondition(targetCeilings.map { $0.count == scores.count } ?? true, "A ceiling a score.")
    let fates = scores.indices.map { unit in
      fate(
        of: scores[unit], ceiling: ceilings[columns?[unit] ?? unit],
        targetCeiling: targetCeilings?[unit] ?? 1)
    }
    return NormalizedScore(scores, fates)
  }
}

extension CeilingNormalization {
  /// What becomes of one unit.
  fileprivate enum Fate: Equatable {
    case used(Double)
    case belowFloor, unknown, unscored
  }

  private func fate(of score: Double, ceiling: Double, targetCeiling: Double) -> Fate {
    if score.isNaN { return .unscored }
    if ceiling < floor || targetCeiling < floor { return .belowFloor }
    if ceiling.isNaN || targetCeiling.isNaN { return .unknown }
    return .used(score / (ceiling * targetCeiling).squareRoot())
  }
}

extension NormalizedScore {
  fileprivate init(_ scores: [Double], _ fates: [CeilingNormalization.Fate]) {
    values = fates.map { if case .used(let value) = $0 { value } else { .nan } }
    let used = zip(scores, values).filter { !$0.1.isNaN }
    usedCount = used.count
    mean = Spread(used.map(\.1)).mean
    rawMean = Spread(used.map(\.0)).mean
    belowFloorCount = fates.count { $0 == .belowFloor }
    unknownCount = fates.count { $0 == .unknown }
    unscoredCount = fates.count { $0 == .unscored }
  }
}

/// Scores of units freed from the noise of the recording, and what the floor left out.
public struct NormalizedScore: Equatable, Sendable {
  /// r / √NC of each unit, in the order of the scores; NaN where the unit is left out.
  ///
  /// Not cut at 1: an estimated ceiling may be below the score's square, and cutting would bias the
  /// mean.
  public let values: [Double]
  /// The mean of `values` over the units that are used; NaN if none is.
  public let mean: Double
  /// The mean of the scores as they came over the same units, to set beside `mean`.
  public let rawMean: Double
  /// The units that are used.
  public let usedCount: Int
  /// The units left out because a ceiling is below the floor.
  public let belowFloorCount: Int
  /// The units left out because a ceiling is not known (NaN).
  public let unknownCount: Int
  /// The units left out because they have no score (NaN), whatever their ceiling.
  public let unscoredCount: Int
}
