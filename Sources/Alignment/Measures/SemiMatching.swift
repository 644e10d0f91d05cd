internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// How well each source unit is matched by its best target unit: (1/n) Σ_i max_j ρ_ij.
///
/// ρ_ij is Pearson's correlation of source unit i and target unit j over the stimuli. Range [−1, 1],
/// greater is more alike; 1 exactly when every source unit has a perfect partner. Several units may
/// take the same partner, so that the value has a direction, is at least that of `SoftMatching`, and
/// grows with the number of target units whatever they are: compare it with its permutation null.
/// Reference: KhoslaWilliams2024.
public struct SemiMatching: Measure {
  /// `semi-matching`.
  public let name = "semi-matching"

  /// There is nothing to set.
  public init() {}

  /// The mean over source units of the greatest correlation.
  public func value(
    _ source: NormalizedUnits, _ target: NormalizedUnits
  ) throws(AlignmentError) -> Double {
    var best = [Double](repeating: -1, count: source.rows.rowCount)
    source.forEachBlock(of: target) { _, correlations in
      for row in best.indices {
        best[row] = correlations.row(row).reduce(best[row], max)
      }
    }
    return Spread(best.map { min($0, 1) }).mean
  }
}
