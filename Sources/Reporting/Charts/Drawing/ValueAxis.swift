/// Numbers along a line: where they lie on it, and which of them are written.
struct ValueAxis: Equatable {
  /// A number that is written.
  struct Tick: Equatable {
    let value: Double
    let text: String
  }

  let low: Double
  let high: Double
  let ticks: [Tick]

  /// An axis over all values that can be drawn; 0 to 1 where there are none.
  ///
  /// - Parameters:
  ///   - values: what has to lie on it.
  ///   - isFromZero: whether zero belongs to it.
  ///   - margin: what is added at both ends, in parts of the whole; nothing is added beyond zero.
  ///   - ticks: about how many numbers are written.
  init(
    _ values: some Sequence<Double>, isFromZero: Bool = false, margin: Double = 0.05, ticks: Int = 5
  ) {
    let values = values.compactMap(\.drawable) + (isFromZero ? [0] : [])
    var low = values.min() ?? 0
    var high = values.max() ?? 1
    let isFloored = isFromZero && low >= 0
    let isRoofed = isFromZero && high <= 0 && low < 0
    if high - low <= max(1e-12 * max(abs(low), abs(high)), 1e-290) {
      // All are equal: room on either side keeps them in the middle.
      let room = abs(low) < 1e-290 ? 0.5 : abs(low) * 0.1
      if !isFloored { low -= room }
      if !isRoofed { high += room }
    } else {
      let room = (high - low) * margin
      if !isFloored { low -= room }
      if !isRoofed { high += room }
    }
    self.init(low: low, high: high, ticks: ticks)
  }

  /// An axis from one number to a higher one.
  init(low: Double, high: Double, ticks: Int = 5) {
    let ticks = Ticks(in: low...high, count: max(ticks, 3))
    self.init(
      low: low, high: high,
      ticks: zip(ticks.values, ticks.labels).filter { $0.0 >= low && $0.0 <= high }
        .map { Tick(value: $0, text: $1) })
  }

  /// An axis from one number to a higher one with chosen ticks.
  init(low: Double, high: Double, ticks: [Tick]) {
    self.low = low
    self.high = high
    self.ticks = ticks
  }

  /// Where a value lies between two places; values beyond the ends lie at the ends.
  func place(_ value: Double, from start: Double, to end: Double) -> Double {
    let part = (min(max(value, low), high) - low) / (high - low)
    return start + part * (end - start)
  }
}
