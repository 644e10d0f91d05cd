internal import ChiasmLinearAlgebra

/// Pearson's correlation Σ (x−x̄)(y−ȳ) / √(Σ (x−x̄)² Σ (y−ȳ)²), in double precision.
///
/// NaN when either side does not vary (`Standardization.varies`) or there are fewer than two values.
/// Traps when the counts differ.
public func correlation(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "A correlation needs pairs.")
  return CentredValues(x).correlation(with: CentredValues(y))
}

/// Values minus a centre c, as a rule their mean x̄, with the root of their sum of squares.
public struct CentredValues: Sendable {
  /// x − c.
  public let values: [Double]
  /// √Σ (x − c)².
  public let norm: Double
  /// Whether the deviation from c is more than rounding: > 1e-12 · the largest |value|.
  public let varies: Bool

  /// Centres `raw` around its mean.
  public init(_ raw: [Double]) { self.init(raw, around: nil) }

  /// Centres `raw` around c, its mean when nil.
  public init(_ raw: [Double], around centre: Double?) {
    let count = Double(max(raw.count, 1))
    let centre = centre ?? raw.reduce(0, +) / count
    values = raw.map { $0 - centre }
    norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    varies = Standardization.varies(
      deviation: norm / count.squareRoot(), largest: raw.reduce(0) { max($0, abs($1)) })
  }
}

extension CentredValues {
  /// (x − c) / √Σ (x − c)², of length 1; NaN when they do not vary.
  public var direction: [Double] { values.map { varies ? $0 / norm : .nan } }

  /// Σ (x − x̄)(y − ȳ), of as many values on either side.
  public func product(with other: CentredValues) -> Double {
    zip(values, other.values).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Pearson's correlation; NaN when either side has no variance.
  public func correlation(with other: CentredValues) -> Double {
    guard varies, other.varies else { return .nan }
    return product(with: other) / (norm * other.norm)
  }
}

/// Correlations of orders: they see which value is greater, not by how much.
///
/// Infinite values are the greatest and the least. NaN anywhere, fewer than two values, or a side
/// whose values are all equal give NaN. Both trap when the counts differ.
public enum RankCorrelation {
  /// Spearman's ρ: Pearson's correlation of the ranks, ties having the mean of their ranks.
  ///
  /// Complexity: n log n. Reference: Spearman1904.
  public static func spearman(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "A correlation needs pairs.")
    guard x.allSatisfy({ !$0.isNaN }), y.allSatisfy({ !$0.isNaN }) else { return .nan }
    return correlation(meanRanks(of: x), meanRanks(of: y))
  }

  /// Kendall's τ-b = (c − d) / √((c + d + tₓ)(c + d + t_y)).
  ///
  /// Of all pairs of places, c are in the same order on both sides and d in opposite orders; tₓ are
  /// tied in x alone and t_y in y alone. Complexity: n², for lists of stages rather than of voxels.
  /// Reference: Kendall1945.
  public static func kendall(_ x: [Double], _ y: [Double]) -> Double {
    precondition(x.count == y.count, "A correlation needs pairs.")
    guard x.allSatisfy({ !$0.isNaN }), y.allSatisfy({ !$0.isNaN }) else { return .nan }
    var (balance, untiedInX, untiedInY) = (0, 0, 0)
    for i in x.indices {
      for j in 0..<i {
        let (first, second) = (order(x[i], x[j]), order(y[i], y[j]))
        balance += first * second
        untiedInX += abs(first)
        untiedInY += abs(second)
      }
    }
    guard untiedInX > 0, untiedInY > 0 else { return .nan }
    return Double(balance) / (Double(untiedInX) * Double(untiedInY)).squareRoot()
  }

  /// The rank of each value among all, 1 for the least; ties have the mean of their ranks.
  ///
  /// Traps on a NaN, which has no rank.
  public static func meanRanks(of values: [Double]) -> [Double] {
    precondition(values.allSatisfy { !$0.isNaN }, "A NaN has no rank.")
    let ascending = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < ascending.count {
      var end = start + 1
      while end < ascending.count, values[ascending[end]] == values[ascending[start]] { end += 1 }
      for place in start..<end { ranks[ascending[place]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }

  private static func order(_ a: Double, _ b: Double) -> Int { a < b ? -1 : (a > b ? 1 : 0) }
}
