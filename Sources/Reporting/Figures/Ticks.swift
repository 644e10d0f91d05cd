internal import Foundation

/// Round numbers along an axis with their labels.
struct Ticks: Equatable, Sendable {
  /// Multiples of 1, 2 or 5 times a power of ten, rising.
  let values: [Double]
  /// A label for each value, all with the same decimals; a minus is `−`.
  let labels: [String]

  init(values: [Double], labels: [String]) {
    self.values = values
    self.labels = labels
  }

  /// About `count` ticks within a range; a range of one value gets one tick, which may lie at its side.
  ///
  /// Traps on a range without finite ends.
  init(in range: ClosedRange<Double>, count: Int = 5) {
    precondition(
      range.lowerBound.isFinite && range.upperBound.isFinite, "A range of ticks has finite ends.")
    let step = Self.step(of: range, count: count)
    // A tick that rounding puts beside an end is within.
    let low = (range.lowerBound / step - 1e-9).rounded(.up)
    let high = (range.upperBound / step + 1e-9).rounded(.down)
    let steps = low <= high ? Array(stride(from: low, through: high, by: 1)) : [low]
    values = steps.map { $0 * step == 0 ? 0 : $0 * step }
    labels = Self.labels(of: values, step: step)
  }

  /// The smallest range that holds another and ends at ticks, so that a scale can begin and end at one.
  static func rounded(_ range: ClosedRange<Double>, count: Int = 5) -> ClosedRange<Double> {
    let step = step(of: range, count: count)
    let low = (range.lowerBound / step + 1e-9).rounded(.down) * step
    let high = (range.upperBound / step - 1e-9).rounded(.up) * step
    return low...max(low + step, high)
  }

  /// The distance of neighbours, 1, 2 or 5 times a power of ten, that gives at most about `count`.
  private static func step(of range: ClosedRange<Double>, count: Int) -> Double {
    let length = range.upperBound - range.lowerBound
    let size = max(abs(range.lowerBound), abs(range.upperBound))
    // A range that is only rounding has the step of its size.
    guard length > 1e-12 * size, length.isFinite else { return power(floor(log10(size))) }
    let rough = length / Double(max(count, 1))
    let magnitude = power(floor(log10(rough)))
    let part = rough / magnitude
    return magnitude * (part <= 1 ? 1 : part <= 2 ? 2 : part <= 5 ? 5 : 10)
  }

  private static func power(_ exponent: Double) -> Double {
    exponent.isFinite ? pow(10, max(exponent, -300)) : 1
  }

  private static func labels(of values: [Double], step: Double) -> [String] {
    let size = values.reduce(0) { max($0, abs($1)) }
    // Beyond these a label would be longer than its tick is worth.
    guard size < 1e6, step >= 1e-6 else {
      return values.map { signed(NumberText.short($0, digits: 4)) }
    }
    let decimals = max(0, Int(-floor(log10(step) + 1e-9)))
    return values.map { signed(NumberText.fixed($0, decimals: decimals)) }
  }

  private static func signed(_ text: String) -> String {
    text.replacing("-", with: "−", maxReplacements: text.hasPrefix("-") ? 1 : 0)
  }
}
