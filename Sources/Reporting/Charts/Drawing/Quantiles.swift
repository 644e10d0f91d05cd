/// Values below which a share of a sample lies.
struct Quantiles {
  private let values: [Double]

  /// Takes a sample in rising order.
  init(sorted values: [Double]) { self.values = values }

  /// The quantile of a share, in proportion between neighbours (type 7 of Hyndman and Fan); NaN of an
  /// empty sample.
  func callAsFunction(_ share: Double) -> Double {
    guard !values.isEmpty else { return .nan }
    let place = share * Double(values.count - 1)
    let low = Int(place)
    let high = min(low + 1, values.count - 1)
    let part = place - Double(low)
    return values[low] * (1 - part) + values[high] * part
  }
}
