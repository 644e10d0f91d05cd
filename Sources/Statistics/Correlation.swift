internal import ChiasmLinearAlgebra

/// Pearson's correlation Σ (x−x̄)(y−ȳ) / √(Σ (x−x̄)² Σ (y−ȳ)²), in double precision.
///
/// NaN when either side does not vary (`Standardization.varies`) or there are fewer than two values.
/// Traps when the counts differ.
public func correlation(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "A correlation needs pairs.")
  return CentredValues(x).correlation(with: CentredValues(y))
}

/// Values minus their mean, with the root of their sum of squares.
public struct CentredValues: Sendable {
  /// x − x̄.
  public let values: [Double]
  /// √Σ (x − x̄)².
  public let norm: Double
  /// Whether the standard deviation is more than rounding: > 1e-12 · the largest |value|.
  public let varies: Bool

  /// Centres `raw`.
  public init(_ raw: [Double]) {
    let count = Double(max(raw.count, 1))
    let mean = raw.reduce(0, +) / count
    values = raw.map { $0 - mean }
    norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    varies = Standardization.varies(
      deviation: norm / count.squareRoot(), largest: raw.reduce(0) { max($0, abs($1)) })
  }
}

extension CentredValues {
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
