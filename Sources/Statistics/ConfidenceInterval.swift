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
