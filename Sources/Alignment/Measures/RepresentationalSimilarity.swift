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
/// An RDM is taken as it is, whatever `dissimilarity` says of responses; pairs below 0 too.
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

  /// True.
  public var takesDissimilarities: Bool { true }

  /// Takes the dissimilarities of an RDM.
  public func prepare(
    _ stage: DissimilarityStage, rows: [Int]
  ) throws(AlignmentError) -> Dissimilarities {
    try checkCount(rows)
    return Dissimilarities(
      matrix: stage.selectingStimuli(rows).matrix, groups: StimulusGroups(rows),
      comparison: comparison)
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

/// The dissimilarities of all pairs of stimuli of one stage, ready to be compared.
public struct Dissimilarities: Sendable {
  /// d_ab for a < b, row by row; NaN where a pair is left out.
  let values: [Double]
  /// The places in `values` that are left out, ascending.
  let leftOut: [Int]
  /// What remains, as it is compared: of length 1 after ranking and centring as the comparison wants.
  private let direction: [Double]

  init(
    matrix: Matrix<Double>, groups: StimulusGroups,
    comparison: RepresentationalSimilarity.Comparison
  ) {
    let count = matrix.rowCount
    var values: [Double] = []
    values.reserveCapacity(count * (count - 1) / 2)
    for row in 0..<count {
      values.append(contentsOf: matrix.elements[(row * count + row + 1)..<(row + 1) * count])
    }
    for (row, column) in groups.repeatedPairs where row < column {
      values[row * (2 * count - row - 1) / 2 + column - row - 1] = .nan
    }
    self.values = values
    leftOut = values.indices.filter { values[$0].isNaN }
    direction = compared(values.filter { !$0.isNaN }, by: comparison)
  }

  private init(values: [Double], direction: [Double]) {
    self.values = values
    leftOut = values.indices.filter { values[$0].isNaN }
    self.direction = direction
  }

  /// The dissimilarities of the stimuli in another order; nil where pairs are left out, whose places
  /// the direction does not know.
  func reordered(_ order: [Int]) -> Dissimilarities? {
    precondition(
      order.count * (order.count - 1) == 2 * values.count, "Every stimulus has one place.")
    guard leftOut.isEmpty else { return nil }
    var places: [Int] = []
    places.reserveCapacity(values.count)
    for (position, row) in order.enumerated() {
      for column in order[(position + 1)...] {
        let (first, second) = (min(row, column), max(row, column))
        places.append(first * (2 * order.count - first - 1) / 2 + second - first - 1)
      }
    }
    return Dissimilarities(
      values: places.map { values[$0] }, direction: places.map { direction[$0] })
  }

  func similarity(
    to other: Dissimilarities, by comparison: RepresentationalSimilarity.Comparison
  ) -> Double {
    precondition(values.count == other.values.count, "The stages have other stimuli.")
    if leftOut == other.leftOut { return product(direction, other.direction) }
    let shared = values.indices.filter { !values[$0].isNaN && !other.values[$0].isNaN }
    return product(
      compared(shared.map { values[$0] }, by: comparison),
      compared(shared.map { other.values[$0] }, by: comparison))
  }
}

/// The values as a vector of length 1 whose products are what the comparison gives; NaN where the
/// vector has no direction.
private func compared(
  _ values: [Double], by comparison: RepresentationalSimilarity.Comparison
) -> [Double] {
  let ranked = comparison == .spearman ? RankCorrelation.meanRanks(of: values) : values
  return CentredValues(ranked, around: comparison == .cosine ? 0 : nil).direction
}

/// ⟨a, b⟩; NaN of nothing.
private func product(_ one: [Double], _ other: [Double]) -> Double {
  guard !one.isEmpty else { return .nan }
  return zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
}
