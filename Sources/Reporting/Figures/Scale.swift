/// Places of values along an axis: the ends of a range lie at two points, what is between in
/// proportion.
struct Scale: Equatable, Sendable {
  /// The values at the ends.
  let domain: ClosedRange<Double>
  /// Where the lower value lies, in points.
  let start: Double
  /// Where the upper value lies; less than `start` for an axis that goes up.
  let end: Double

  /// Traps on a domain without finite ends.
  init(_ domain: ClosedRange<Double>, from start: Double, to end: Double) {
    precondition(
      domain.lowerBound.isFinite && domain.upperBound.isFinite, "A scale has finite ends.")
    self.domain = domain
    self.start = start
    self.end = end
  }

  /// Where a value lies: beyond the ends if it is outside the domain, NaN for NaN, in the middle if
  /// the domain is one value.
  func callAsFunction(_ value: Double) -> Double {
    let length = domain.upperBound - domain.lowerBound
    guard length > 0 else { return value.isNaN ? .nan : (start + end) / 2 }
    return start + (value - domain.lowerBound) / length * (end - start)
  }

  /// Where a value lies, at the nearer end if it is outside the domain.
  func clamped(_ value: Double) -> Double {
    self(value.isNaN ? .nan : min(max(value, domain.lowerBound), domain.upperBound))
  }
}
