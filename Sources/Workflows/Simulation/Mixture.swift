internal import ChiasmStatistics

/// Sums of randomly chosen columns, each column a value a stimulus.
enum Mixture {
  /// A weighted sum of `count` different columns.
  ///
  /// - Parameter weight: draws the weight of a column.
  static func draw(
    _ count: Int, of columns: [[Double]], using generator: inout SeededGenerator,
    weight: (inout SeededGenerator) -> Double
  ) -> [Double] {
    var sum = [Double](repeating: 0, count: columns[0].count)
    for choice in generator.permutation(of: columns.count).prefix(count) {
      add(columns[choice], times: weight(&generator), to: &sum)
    }
    return sum
  }

  /// Adds `factor` × `column` to `sum`.
  static func add(_ column: [Double], times factor: Double, to sum: inout [Double]) {
    for index in sum.indices { sum[index] += factor * column[index] }
  }
}

extension [Double] {
  /// The values with mean 0 and variance 1 (divided by n); they must not all be equal.
  var standardized: [Double] {
    let mean = reduce(0, +) / Double(count)
    let variance = reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    return map { ($0 - mean) / variance.squareRoot() }
  }
}
