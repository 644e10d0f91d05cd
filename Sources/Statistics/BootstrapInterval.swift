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
