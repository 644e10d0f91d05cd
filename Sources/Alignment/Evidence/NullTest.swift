internal import ChiasmLinearAlgebra
public import ChiasmStatistics

/// One statistic against one null.
public struct NullTest: Equatable, Sendable {
  /// What is exchanged at random.
  public enum Null: String, Sendable, CaseIterable {
    /// The target's stimuli; everything is fitted anew. The null: the two systems have nothing to do
    /// with each other, whatever their inner structure.
    case stimulusPermutation = "stimulus-permutation"
    /// The target's stages in the coupling that was found; nothing is fitted anew. The null: which
    /// target stage is which does not matter.
    case layerPermutation = "layer-permutation"
    /// The places of the source stages' costs among the target's stages (`RandomMaps`); the coupling
    /// of stages is fitted anew. The null: where each source stage lies is chance.
    case randomMaps = "random-maps"
  }

  /// What is exchanged.
  public let null: Null
  /// What is tested.
  public let statistic: AlignmentStatistic
  /// Its value on the data as they are.
  public let observed: Double
  /// Its values under the null.
  public let distribution: NullDistribution
  /// (1 + #) / (1 + N), where # counts the draws at least as good as the observed value: as great, or
  /// for a cost as low. NaN when the observed value does not exist or no draw does, and when the null is
  /// no evidence by itself.
  public let pValue: Double
  /// The same with the best of all statistics of the kind in each draw, whose share at least as good as
  /// the observed value bounds the rate of a false alarm in any of them (single-step, by the maximum;
  /// for costs the minimum). NaN for a statistic of the whole alignment. Reference: WestfallYoung1993.
  public let correctedPValue: Double
  private let isEvidence: Bool

  /// - Parameter best: for each draw the best value of the statistics of the same kind; nil for a
  ///   statistic that has no others.
  /// - Parameter isEvidence: whether there may be a p-value and an effect.
  init(
    _ null: Null, _ statistic: AlignmentStatistic, observed: Double, draws: [Double],
    best: [Double]?, isEvidence: Bool = true
  ) {
    self.isEvidence = isEvidence
    self.null = null
    self.statistic = statistic
    self.observed = observed
    distribution = NullDistribution(draws)
    let sign = statistic.isLowerBetter ? -1.0 : 1
    func p(_ draws: [Double]) -> Double {
      guard isEvidence else { return .nan }
      let null = NullDistribution(draws.map { sign * $0 })
      return null.draws.isEmpty && null.undefinedCount > 0 ? .nan : null.pValue(of: sign * observed)
    }
    pValue = p(draws)
    correctedPValue = best.map(p) ?? .nan
  }

  /// (observed − null mean) / null SD; NaN when the null has no spread or is no evidence by itself.
  public var effect: Double {
    let spread = distribution.spread
    // Equal draws differ by rounding alone.
    guard isEvidence,
      Standardization.varies(deviation: spread.deviation, largest: abs(spread.mean))
    else { return .nan }
    return (observed - spread.mean) / spread.deviation
  }
}
