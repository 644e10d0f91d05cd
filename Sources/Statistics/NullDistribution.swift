/// Values of a statistic under a null hypothesis, such as those of permuted data, against which an
/// observed value is judged; great values are evidence.
///
/// Draws that are NaN (the statistic does not exist there) are counted and left out, so that what
/// follows is conditional on its existence. A draw counts as equal to the observed value when it is
/// nearer than 100 · 2⁻⁵² of that value, because the same sum in another order differs so much.
public struct NullDistribution: Equatable, Sendable {
  /// The draws that are numbers, in the order given.
  public let draws: [Double]
  /// How many draws were NaN.
  public let undefinedCount: Int

  /// Takes draws in any order.
  public init(_ draws: [Double]) {
    self.draws = draws.filter { !$0.isNaN }
    undefinedCount = draws.count - self.draws.count
  }
}

extension NullDistribution {
  /// Mean and standard deviation (n − 1) of the draws.
  public var spread: Spread { Spread(draws) }

  /// 1 + #{draws ≥ observed}: 1 when the observed value is greater than all; nil for a NaN.
  public func rank(of observed: Double) -> Int? {
    observed.isNaN ? nil : 1 + draws.count { $0 >= observed - slack(of: observed) }
  }

  /// The p-value (1 + #{draws ≥ observed}) / (1 + N), upper tail; NaN for a NaN, 1 without draws.
  ///
  /// Under the null P(p ≤ t) ≤ t for every t, with equality at t = k / (1 + N) when there are no
  /// ties: it is uniform on a grid, and never below 1 / (1 + N). Reference: PhipsonSmyth2010.
  public func pValue(of observed: Double) -> Double {
    guard let rank = rank(of: observed) else { return .nan }
    return Double(rank) / Double(1 + draws.count)
  }

  /// The p-value (#{draws > observed} + U (1 + #{draws = observed})) / (1 + N) with U uniform on
  /// [0, 1) from the generator; NaN for a NaN.
  ///
  /// Under the null it is uniform on [0, 1], ties or not: for checks of calibration, not for reports.
  public func randomizedPValue(
    of observed: Double, using generator: inout SeededGenerator
  ) -> Double {
    let share = generator.uniform()
    guard let rank = rank(of: observed) else { return .nan }
    let greater = draws.count { $0 > observed + slack(of: observed) }
    return (Double(greater) + share * Double(rank - greater)) / Double(1 + draws.count)
  }

  private func slack(of observed: Double) -> Double {
    observed.isFinite ? abs(observed) * 100 * Double.ulpOfOne : 0
  }
}
