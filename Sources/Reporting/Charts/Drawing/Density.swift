internal import Foundation
internal import ChiasmStatistics

/// How dense a sample lies along a line, by a Gaussian kernel.
///
/// The bandwidth is Silverman's, 0.9 · min(SD, interquartile range / 1.34) · n^(−1/5). Values are counted
/// in 256 steps first, so that the time does not grow with the sample.
///
/// Reference: Silverman, 1986, "Density Estimation for Statistics and Data Analysis".
struct Density {
  /// Places along the line, evenly spaced from the least to the greatest value.
  let places: [Double]
  /// The density at each place, 1 where it is highest.
  let heights: [Double]

  /// Nil for a sample in which all values, or nearly all, are equal.
  init?(sorted values: [Double]) {
    guard let low = values.first, let high = values.last,
      high - low > max(1e-9 * max(-low, high), 1e-290)
    else { return nil }
    let bins = 256
    let step = (high - low) / Double(bins)
    var counts = Array(repeating: 0.0, count: bins)
    for value in values { counts[min(Int((value - low) / step), bins - 1)] += 1 }
    let bandwidth = max(Self.bandwidth(values), step)
    let places = (0...64).map { low + (high - low) * Double($0) / 64 }
    let heights = places.map { place in
      var sum = 0.0
      for (bin, count) in counts.enumerated() where count > 0 {
        let distance = (low + (Double(bin) + 0.5) * step - place) / bandwidth
        sum += count * exp(-0.5 * distance * distance)
      }
      return sum
    }
    guard let most = heights.max(), most > 0 else { return nil }
    self.places = places
    self.heights = heights.map { $0 / most }
  }

  private static func bandwidth(_ values: [Double]) -> Double {
    let number = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / number }
    // In parts of the range, whose squares cannot overflow.
    let range = values[values.count - 1] - values[0]
    let variance = values.reduce(0) { $0 + pow(($1 - mean) / range, 2) / number }
    let quartiles = Quantiles(sorted: values)
    let wide = (quartiles(0.75) - quartiles(0.25)) / 1.34
    let deviation = variance.squareRoot() * range
    return 0.9 * (wide > 0 ? min(deviation, wide) : deviation) * pow(number, -0.2)
  }
}
