internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

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
