internal import Foundation
internal import ChiasmStatistics

/// A sample counted in intervals of equal width.
struct Bins: Equatable {
  /// The low end of the first bin.
  let low: Double
  /// Zero for a constant sample.
  let width: Double
  /// How many values are in each bin; empty for an empty sample.
  let counts: [Int]

  /// Counts a sample; what is not finite is left out. See `HistogramChart` for the rule.
  init(_ sample: [Double]) {
    let values = sample.compactMap(\.drawable).sorted()
    low = values.first ?? 0
    let range = (values.last ?? 0) - low
    guard range > 1e-290, range / 40 + low != low else {
      width = 0
      counts = values.isEmpty ? [] : [values.count]
      return
    }
    let count = Self.count(values, range: range)
    let width = range / Double(count)
    var counts = Array(repeating: 0, count: count)
    for value in values { counts[min(Int((value - low) / width), count - 1)] += 1 }
    self.width = width
    self.counts = counts
  }

  private static func count(_ values: [Double], range: Double) -> Int {
    let number = Double(values.count)
    let quartiles = Quantiles(sorted: values)
    let wide = 2 * (quartiles(0.75) - quartiles(0.25)) / cbrt(number)
    let count = wide > 0 ? range / wide : log2(number).rounded(.up) + 1
    return Int(count.clamped(from: 5, to: 40).rounded(.up))
  }

  /// The low end of a bin, or the high end of the one before.
  func edge(_ place: Int) -> Double { low + width * Double(place) }

  /// `12 from 0.1 to 0.12`.
  func title(_ place: Int) -> String {
    let low = NumberText.short(edge(place), digits: 3)
    guard width > 0 else { return "\(counts[place]) at \(low)" }
    return "\(counts[place]) from \(low) to \(NumberText.short(edge(place + 1), digits: 3))"
  }
}
