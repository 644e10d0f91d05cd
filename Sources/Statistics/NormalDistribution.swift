/// The normal distribution with mean 0 and variance 1.
enum NormalDistribution {
  /// P(Z ≤ x).
  static func cumulative(_ x: Double) -> Double {
    complementaryErrorFunction(-x / 2.0.squareRoot()) / 2
  }

  /// The x with P(Z ≤ x) = p: −∞ for 0, ∞ for 1, NaN outside [0, 1].
  static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return -.infinity }
    if p > 0.5 { return -quantile(1 - p) }
    if p == 0.5 { return 0 }
    // A rational start that is right to 3e-3, then Halley's steps, each with thrice the digits.
    let t = (-2 * logarithm(p)).squareRoot()
    var x = (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)) - t
    for _ in 0..<4 {
      let step = (cumulative(x) - p) * (2 * Double.pi).squareRoot() * exponential(x * x / 2)
      x -= step / (1 + x * step / 2)
    }
    return x
  }
}
