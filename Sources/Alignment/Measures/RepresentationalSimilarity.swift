internal import ChiasmLinearAlgebra
public import ChiasmResponses
internal import ChiasmStatistics

/// Representational similarity analysis: whether stimuli that differ in one stage differ in the other.
///
/// Each stage has a dissimilarity d_ab for every pair of stimuli a < b, from their patterns over units;
/// the value compares the two lists. Range [−1, 1], greater is more alike ([0, 1] for the cosine of
/// dissimilarities that are not negative: unrelated stages are well above 0 there); the same in both
/// directions. Unchanged by the order of units on either side; with `.squaredEuclidean` also by
/// rotations of the units and, where ranks or correlations are compared, by scale; ranks are unchanged
/// by every increasing function of the dissimilarities.
///
/// Left out are pairs of repeats of the same stimulus, in a bootstrap sample, and pairs whose
/// dissimilarity is not defined: a pattern without variance over units for `.pearson` (any pattern of
/// a single unit), one that is zero for `.cosine`. NaN when what remains does not vary on one side.
///
/// Complexity: T² (n + log T) for T stimuli and n units to prepare, T² to compare; memory T² numbers a
/// stage. Reference: Kriegeskorte2008.
public struct RepresentationalSimilarity: Measure {
  /// How two patterns of responses differ. Patterns are of raw responses: units of great variance
  /// count more.
  public enum Dissimilarity: String, Sendable, CaseIterable {
    /// 1 − Pearson's correlation over units.
    case pearson
    /// 1 − ⟨a, b⟩ / (‖a‖ ‖b‖).
    case cosine
    /// ‖a − b‖².
    case squaredEuclidean = "euclidean"
  }

  /// How two lists of dissimilarities are compared.
  public enum Comparison: String, Sendable, CaseIterable {
    /// Pearson's correlation of ranks; equal values share their mean rank.
    case spearman
    /// Pearson's correlation.
    case pearson
    /// ⟨d, d′⟩ / (‖d‖ ‖d′‖).
    case cosine
  }

  /// How two patterns differ.
  public let dissimilarity: Dissimilarity
  /// How two lists of dissimilarities are compared.
  public let comparison: Comparison

  /// Spearman's correlation of 1 − Pearson, unless told otherwise.
  public init(dissimilarity: Dissimilarity = .pearson, comparison: Comparison = .spearman) {
    self.dissimilarity = dissimilarity
    self.comparison = comparison
  }

  /// `rsa` for the default settings, otherwise `rsa-<dissimilarity>-<comparison>`.
  public var name: String {
    (dissimilarity, comparison) == (.pearson, .spearman)
      ? "rsa" : "rsa-\(dissimilarity.rawValue)-\(comparison.rawValue)"
  }

  /// Computes the dissimilarities.
  public func prepare(
    _ stage: Stage, rows: [Int]
  ) throws(AlignmentError) -> Dissimilarities {
    let fit = try standardization(of: stage, rows: rows)
    let patterns =
      dissimilarity == .squaredEuclidean
      // Distances do not know the origin, and lose fewer digits around the mean.
      ? centredResponses(stage, rows: rows, fit: fit)
      : rawResponses(stage, rows: rows, columns: fit.varyingColumns)
    return Dissimilarities(
      matrix: dissimilarities(of: patterns), groups: StimulusGroups(rows), comparison: comparison)
  }

  /// Compares the dissimilarities.
  public func value(
    _ source: Dissimilarities, _ target: Dissimilarities
  ) throws(AlignmentError) -> Double {
    source.similarity(to: target, by: comparison)
  }

  /// Reorders the dissimilarities.
  public func reordering(_ prepared: Dissimilarities, by order: [Int]) -> Dissimilarities? {
    prepared.reordered(order)
  }

  private func dissimilarities(of patterns: Matrix<Double>) -> Matrix<Double> {
    if dissimilarity == .squaredEuclidean { return squaredDistances(patterns) }
    let directions = unitPatterns(patterns)
    var matrix = directions.product(transposing: directions)
    for index in matrix.elements.indices {
      matrix.elements[index] = 1 - matrix.elements[index]
    }
    return matrix
  }

  /// Every row of length 1, after its mean is taken off for `.pearson`; NaN where that has no sense.
  private func unitPatterns(_ patterns: Matrix<Double>) -> Matrix<Double> {
    var directions = patterns
    // Around 0 all patterns but that of zeros have a direction.
    let centre = dissimilarity == .pearson ? nil : 0.0
    for row in 0..<patterns.rowCount {
      let direction = CentredValues(Array(patterns.row(row)), around: centre).direction
      for (column, value) in direction.enumerated() { directions[row, column] = value }
    }
    return directions
  }
}
