public import Statistics

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
  /// for a cost as low. NaN when the observed value does not exist or no draw does.
  public let pValue: Double

  init(
    _ null: Null, _ statistic: AlignmentStatistic, observed: Double, draws: [Double]
  ) {
    self.null = null
    self.statistic = statistic
    self.observed = observed
    distribution = NullDistribution(draws)
    let sign = statistic.isLowerBetter ? -1.0 : 1
    pValue =
      distribution.draws.isEmpty && distribution.undefinedCount > 0
      ? .nan : NullDistribution(draws.map { sign * $0 }).pValue(of: sign * observed)
  }

  /// (observed − null mean) / null SD; NaN when the null has no spread.
  public var effect: Double {
    let spread = distribution.spread
    // Equal draws differ by rounding alone.
    guard spread.deviation > 1e-12 * max(abs(spread.mean), 1e-300) else { return .nan }
    return (observed - spread.mean) / spread.deviation
  }
}
