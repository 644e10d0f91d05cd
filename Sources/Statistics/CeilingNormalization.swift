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
/// below the floor: such units are left out, they are not clipped to it.
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
  ///   - scores: r of each unit, NaN for one without a score.
  ///   - columns: for each score, the place of its unit in `ceilings`; nil if they stand in one order.
  ///   - ceilings: NC of every unit of the stage, NaN where it is not known.
  ///   - targetCeilings: for each score, in the order of `scores`, NC′ of what predicts the unit,
  ///     NaN where it is not known; nil if the prediction counts as free of noise.
  /// - Returns: r / √NC of each unit, in the order of the scores; NaN where there is no score, or where
  ///   a ceiling is not known or below the floor. Not cut at 1: an estimated ceiling may be below the
  ///   score's square, and cutting would bias the mean.
  /// - Precondition: a column and a target's ceiling for each score; every column has a ceiling.
  public func normalize(
    _ scores: [Double], columns: [Int]? = nil, ceilings: [Double], targetCeilings: [Double]? = nil
  ) -> [Double] {
    precondition((columns ?? Array(ceilings.indices)).count == scores.count, "A column a score.")
    precondition(targetCeilings.map { $0.count == scores.count } ?? true, "A ceiling a score.")
    return scores.indices.map { unit in
      let ceiling = ceilings[columns?[unit] ?? unit]
      let targetCeiling = targetCeilings?[unit] ?? 1
      guard ceiling >= floor, targetCeiling >= floor else { return .nan }
      return scores[unit] / (ceiling * targetCeiling).squareRoot()
    }
  }
}
