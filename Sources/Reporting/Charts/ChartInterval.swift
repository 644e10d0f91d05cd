/// The low and the high end of where a value may lie.
public struct ChartInterval: Equatable, Sendable {
  /// The low end; an interval with an end that is not finite is not drawn.
  public let low: Double
  /// The high end.
  public let high: Double

  /// Takes both ends, in either order.
  public init(low: Double, high: Double) {
    self.low = min(low, high)
    self.high = max(low, high)
  }
}

extension ChartInterval {
  /// The interval, if both ends can be drawn.
  var finite: ChartInterval? { low.isFinite && high.isFinite ? self : nil }

  /// `0.21 to 0.27`.
  func words(digits: Int = 3) -> String {
    "\(NumberText.short(low, digits: digits)) to \(NumberText.short(high, digits: digits))"
  }
}
