internal import RealModule

/// The normal distribution with mean 0 and variance 1.
enum NormalDistribution {
  /// P(Z ≤ x).
  static func cumulative(_ x: Double) -> Double {
    Double.erfc(-x / 2.0.squareRoot()) / 2
  }

  /// The x with P(Z ≤ x) = p: −∞ for 0, ∞ for 1, NaN outside [0, 1].
  static func quantile(_ p: Double) -> Double {
    guard p >= 0, p <= 1 else { return .nan }
    if p == 0 { return -.infinity }
    if p > 0.5 { return -quantile(1 - p) }
    if p == 0.5 { return 0 }
    // A rational start that is right to 3e-3, then Halley's steps, each with thrice the digits.
    let t = (-2 * Double.log(p)).squareRoot()
    var x = (2.30753 + 0.27061 * t) / (1 + t * (0.99229 + 0.04481 * t)) - t
    for _ in 0..<4 {
      let step = (cumulative(x) - p) * (2 * Double.pi).squareRoot() * Double.exp(x * x / 2)
      x -= step / (1 + x * step / 2)
    }
    return x
  }
}

/// Student's t distribution.
struct StudentDistribution {
  let degreesOfFreedom: Double

  /// P(|T| ≥ |t|) = I(ν / (ν + t²); ν/2, 1/2), with I the regularised incomplete beta function.
  func twoSided(_ t: Double) -> Double {
    if t.isNaN { return .nan }
    let nu = degreesOfFreedom
    // Whichever of x and 1 − x is small is computed without cancellation.
    let square = t * t
    guard square.isFinite else { return 0 }
    return regularizedBeta(nu / (nu + square), square / (nu + square), nu / 2, 0.5)
  }

  /// The t > 0 with P(|T| ≥ t) = p, for 0 < p < 1, by bisection.
  func twoSidedQuantile(_ p: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while twoSided(high) > p, high < 1e300 { (low, high) = (high, high * 2) }
    while true {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { return middle }
      if twoSided(middle) > p { low = middle } else { high = middle }
    }
  }
}

/// I(x; a, b), given x and y = 1 − x.
private func regularizedBeta(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if y <= 0 { return 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - regularizedBeta(y, x, b, a) }
  let front = Double.exp(
    Double.logGamma(a + b) - Double.logGamma(a) - Double.logGamma(b) + a * Double.log(x) + b
      * Double.log(y))
  return front / (a * betaFraction(x, a, b))
}

/// The continued fraction of the incomplete beta function, evaluated by Lentz's method.
private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  var (value, c, d) = (1.0, 1.0, 0.0)
  for index in 1..<10_000 {
    let m = Double(index / 2)
    let numerator =
      index % 2 == 0
      ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / (1 + numerator * d)
    c = 1 + numerator / c
    value *= c * d
    if abs(c * d - 1) < 1e-16 { break }
  }
  return value
}
