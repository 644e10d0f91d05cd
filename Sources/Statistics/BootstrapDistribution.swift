/// Values of a statistic on resampled data, and the intervals that follow from them.
///
/// Draws that are NaN (the statistic does not exist on that sample) are counted and left out: the
/// intervals are then conditional on its existence, and many such draws make them doubtful.
/// References: EfronTibshirani1993; DiCiccioEfron1996.
public struct BootstrapDistribution: Equatable, Sendable {
  /// The draws that are numbers, ascending.
  public let draws: [Double]
  /// How many draws were NaN.
  public let undefinedCount: Int

  /// Takes draws in any order.
  public init(_ draws: [Double]) {
    self.draws = draws.filter { !$0.isNaN }.sorted()
    undefinedCount = draws.count - self.draws.count
  }
}

extension BootstrapDistribution {
  /// Mean and standard deviation (n − 1) of the draws; the latter is the bootstrap standard error.
  public var spread: Spread { Spread(draws) }

  /// The quantile of the draws (`Quantiles`); NaN without draws, or for a p outside [0, 1].
  public func quantile(_ p: Double) -> Double { Quantiles(sorted: draws)(p) }

  /// The percentile interval: the quantiles (1 − level) / 2 and (1 + level) / 2 of the draws.
  ///
  /// A constant distribution gives an interval of no width; no draws give NaN ends. Traps unless
  /// 0 < `level` < 1.
  public func percentileInterval(level: Double = 0.95) -> ConfidenceInterval {
    requireLevel(level)
    return ConfidenceInterval(
      lower: quantile((1 - level) / 2), upper: quantile((1 + level) / 2), level: level)
  }

  /// z₀ = Φ⁻¹((#{draws < estimate} + #{draws ≤ estimate}) / 2N), ties counting one half.
  ///
  /// Infinite when all draws are on one side of the estimate; NaN without draws or estimate.
  public func biasCorrection(of estimate: Double) -> Double {
    if estimate.isNaN { return .nan }
    let count = draws.count { $0 < estimate } + draws.count { $0 <= estimate }
    return NormalDistribution.quantile(Double(count) / Double(2 * draws.count))
  }

  /// a = Σ d³ / (6 (Σ d²)^{3/2}) with d = the mean of the jackknife values minus each of them.
  ///
  /// Values that leave out single stimuli or groups of equal size do alike. NaN values are left out;
  /// equal values, or fewer than two, show no skewness: 0.
  public static func acceleration(ofJackknife values: [Double]) -> Double {
    let values = values.filter { !$0.isNaN }
    let mean = Spread(values).mean
    let differences = values.map { mean - $0 }
    let greatest = differences.reduce(0) { max($0, abs($1)) }
    guard greatest > 1e-14 * abs(mean), greatest.isFinite else { return 0 }
    let relative = differences.map { $0 / greatest }
    let squares = relative.reduce(0) { $0 + $1 * $1 }
    return relative.reduce(0) { $0 + $1 * $1 * $1 } / (6 * squares * squares.squareRoot())
  }

  /// The bias-corrected and accelerated interval (BCa): the quantiles Φ(z₀ + w / (1 − a w)) of the
  /// draws with w = z₀ + Φ⁻¹((1 ∓ level) / 2), where z₀ is `biasCorrection` and a `acceleration`.
  ///
  /// Draws that all equal the estimate give an interval of no width. Otherwise the ends are NaN when
  /// all draws are on one side of the estimate (resampling then is biased beyond correction, or the
  /// draws are too few) or when 1 − a w ≤ 0. Traps unless 0 < `level` < 1.
  public func acceleratedInterval(
    estimate: Double, jackknife: [Double], level: Double = 0.95
  ) -> ConfidenceInterval {
    requireLevel(level)
    let bias = biasCorrection(of: estimate)
    let acceleration = Self.acceleration(ofJackknife: jackknife)
    let ends = [(1 - level) / 2, (1 + level) / 2].map { p in
      let w = bias + NormalDistribution.quantile(p)
      guard w.isFinite, acceleration * w < 1 else { return Double.nan }
      return quantile(NormalDistribution.cumulative(bias + w / (1 - acceleration * w)))
    }
    let exists = ends.allSatisfy { !$0.isNaN }
    return ConfidenceInterval(
      lower: exists ? ends[0] : .nan, upper: exists ? ends[1] : .nan, level: level)
  }

  /// The interval with its ends by the rule of all results (`BootstrapInterval`).
  ///
  /// - Parameter jackknife: the values with stimuli left out, that BCa needs; nil where none were
  ///   drawn. Traps unless 0 < `level` < 1.
  public func interval(
    estimate: Double, jackknife: [Double]?, level: Double = 0.95
  ) -> BootstrapInterval {
    BootstrapInterval(
      percentile: percentileInterval(level: level),
      accelerated: jackknife.map {
        acceleratedInterval(estimate: estimate, jackknife: $0, level: level)
      })
  }

  private func requireLevel(_ level: Double) {
    precondition(level > 0 && level < 1, "A level lies between 0 and 1.")
  }
}

/// An interval from resampled data. Its ends are, wherever one interval is shown, the bias-corrected
/// and accelerated ones (BCa) where these are defined, else the percentiles.
public struct BootstrapInterval: Equatable, Sendable {
  /// Where the ends come from.
  public enum Method: String, Sendable {
    /// The bias-corrected and accelerated interval.
    case bca
    /// The percentile interval.
    case percentile
  }

  /// The percentile interval; its ends are NaN without draws.
  public let percentile: ConfidenceInterval
  /// The bias-corrected and accelerated interval; its ends are NaN where it is not defined: always
  /// where no values of a jackknife were drawn.
  public let accelerated: ConfidenceInterval

  /// Joins both; nil stands for an interval that is not defined.
  init(percentile: ConfidenceInterval, accelerated: ConfidenceInterval?) {
    self.percentile = percentile
    self.accelerated =
      accelerated
      ?? ConfidenceInterval(lower: .nan, upper: .nan, level: percentile.level)
  }

  /// Where the ends come from; nil without any.
  public var method: Method? {
    if !accelerated.lower.isNaN { return .bca }
    return percentile.lower.isNaN ? nil : .percentile
  }

  /// The interval to show.
  public var ends: ConfidenceInterval { method == .bca ? accelerated : percentile }
}

/// An interval that is meant to hold an unknown value at a stated rate.
public struct ConfidenceInterval: Equatable, Sendable {
  /// The lower end; NaN when there is no interval.
  public let lower: Double
  /// The upper end; NaN when there is no interval.
  public let upper: Double
  /// The rate at which such intervals hold the value, such as 0.95.
  public let level: Double

  /// Gathers an interval.
  public init(lower: Double, upper: Double, level: Double) {
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Whether a value lies inside, ends included; false without an interval.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
