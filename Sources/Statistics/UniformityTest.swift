internal import ChiasmLinearAlgebra
internal import RealModule

/// The Kolmogorov–Smirnov test of whether values are uniform on [0, 1], two-sided.
///
/// The p-value is for a continuous distribution. Permutation p-values from N draws lie on the grid
/// k / (1 + N): their greatest distance from uniform is at least about 1 / (1 + N), so that the test
/// rejects too often unless that is small against 1 / √n. Use N ≥ 999 for n of a few hundred, or
/// `NullDistribution.randomizedPValue`, for which the test is exact, ties or not.
/// References: MarsagliaTsangWang2003; SimardLEcuyer2011; Vrbik2018.
public struct UniformityTest: Equatable, Sendable {
  /// D = max over i of max(i/n − x₍ᵢ₎, x₍ᵢ₎ − (i − 1)/n), the values ascending.
  public let statistic: Double
  /// P(D ≥ statistic) if the values are independent and uniform.
  ///
  /// Up to 10,000 values it is exact to some 1e-12; beyond, a series of error below 1e-6.
  public let pValue: Double

  /// Tests values; those outside [0, 1] count as 0 or 1. NaN among them, or no values, give NaN.
  public init(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy({ !$0.isNaN }) else {
      (statistic, pValue) = (.nan, .nan)
      return
    }
    let n = Double(values.count)
    let distances = values.map { min(max($0, 0), 1) }.sorted().enumerated().map { place, value in
      max(Double(place + 1) / n - value, value - Double(place) / n)
    }
    let statistic = distances.reduce(0, max)
    self.statistic = statistic
    pValue = Self.tail(count: values.count, statistic: statistic)
  }

  /// P(D ≥ `statistic`) of `count` values.
  static func tail(count: Int, statistic: Double) -> Double {
    let n = Double(count)
    if statistic * n <= 0.5 { return 1 }
    if statistic >= 1 { return 0 }
    // Both one-sided distances together exceed D with probability below e^−32 here.
    if n * statistic * statistic > 4 {
      return min(1, 2 * oneSidedTail(count: count, statistic: statistic))
    }
    return count > 10_000
      ? limitTail(count: n, statistic: statistic)
      : 1 - matrixCumulative(count: count, statistic: statistic)
  }
}

extension UniformityTest {
  /// P(D⁺ ≥ d) = d Σ_j C(n, j) (d + j/n)^(j−1) (1 − d − j/n)^(n−j), j = 0 … ⌊n(1 − d)⌋.
  private static func oneSidedTail(count: Int, statistic d: Double) -> Double {
    let n = Double(count)
    return (0...Int(n * (1 - d))).reduce(0) { sum, index in
      let j = Double(index)
      let rest = 1 - d - j / n
      guard rest > 0 else { return sum }
      let binomial = Double.logGamma(n + 1) - Double.logGamma(j + 1) - Double.logGamma(n - j + 1)
      return sum + d
        * Double.exp(
          binomial + (j - 1) * Double.log(d + j / n) + (n - j) * Double.log(rest))
    }
  }

  /// Kolmogorov's limit at √n d, with the terms in 1/√n and 1/n by a shift of the argument.
  private static func limitTail(count n: Double, statistic d: Double) -> Double {
    let x = n.squareRoot() * d
    let shifted = x + 1 / (6 * n.squareRoot()) + (x - 1) / (4 * n)
    if shifted < 0.2 { return 1 }
    let series = (1...20).reduce(0.0) { sum, k in
      let term = Double.exp(-2 * Double(k * k) * shifted * shifted)
      return k % 2 == 1 ? sum + term : sum - term
    }
    return max(0, min(1, 2 * series))
  }

  /// P(D < d) = n!/nⁿ (Hⁿ)ₖₖ with d = (k − h)/n and H the matrix of order 2k − 1 of Durbin.
  private static func matrixCumulative(count: Int, statistic d: Double) -> Double {
    let n = Double(count)
    let k = Int(n * d) + 1
    var (power, scale) = (durbinMatrix(order: 2 * k - 1, h: Double(k) - n * d), 0.0)
    var (result, resultScale) = (Matrix<Double>?.none, 0.0)
    var remaining = count
    while remaining > 0 {
      if remaining % 2 == 1 {
        result = result.map { $0.product(transposing: power.transposed) } ?? power
        resultScale += scale + (result?.normalize() ?? 0)
      }
      remaining /= 2
      guard remaining > 0 else { break }
      power = power.product(transposing: power.transposed)
      scale = 2 * scale + power.normalize()
    }
    let entry = result.map { $0[k - 1, k - 1] } ?? 1
    let factorial = Double.logGamma(n + 1) - n * Double.log(n)
    return max(0, min(1, Double.exp(Double.log(entry) + resultScale + factorial)))
  }

  /// H of Marsaglia, Tsang and Wang: 1/(i − j + 1)! on and below the superdiagonal, with corrections
  /// in h along the first column and the last row.
  private static func durbinMatrix(order m: Int, h: Double) -> Matrix<Double> {
    var matrix = Matrix(rowCount: m, columnCount: m, repeating: 0.0)
    let powers = (1...m).map {
      Double.exp(Double($0) * Double.log(h) - Double.logGamma(Double($0) + 1))
    }
    for i in 0..<m {
      for j in 0...min(i + 1, m - 1) {
        matrix[i, j] = Double.exp(-Double.logGamma(Double(i - j + 2)))
      }
    }
    for i in 0..<m {
      matrix[i, 0] -= powers[i]
      matrix[m - 1, i] -= powers[m - 1 - i]
    }
    let surplus = 2 * h - 1
    if surplus > 0 {
      matrix[m - 1, 0] += Double.exp(
        Double(m) * Double.log(surplus) - Double.logGamma(Double(m) + 1))
    }
    return matrix
  }
}

extension Matrix<Double> {
  /// Divides by the greatest element and returns the logarithm of that.
  fileprivate mutating func normalize() -> Double {
    let greatest = elements.reduce(0) { Swift.max($0, abs($1)) }
    guard greatest > 0 else { return 0 }
    for index in elements.indices { elements[index] /= greatest }
    return Double.log(greatest)
  }
}
