internal import Foundation

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

/// Round numbers along an axis with their labels.
struct Ticks: Equatable, Sendable {
  /// Multiples of 1, 2 or 5 times a power of ten, rising.
  let values: [Double]
  /// A label for each value, all with the same decimals; a minus is `−`.
  let labels: [String]

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

extension Sheet {
  /// Writes the numbers of an axis to the left of a frame, with light lines across it, as far as they
  /// do not lie on each other.
  mutating func rows(
    of axis: ValueAxis, in frame: Frame, room: Double = .infinity, isWritten: Bool = true
  ) {
    let size = style.smallLetters
    let texts = style.shortened(axis.ticks.map(\.text), to: room, isSmall: true)
    var last = Double.infinity
    for (tick, text) in zip(axis.ticks, texts) {
      let y = axis.place(tick.value, from: frame.maxY, to: frame.y)
      guard last - y >= size * 1.1 else { continue }
      last = y
      add(.line([Point(frame.x, y), Point(frame.maxX, y)], Stroke(.rule, width: 0.5)))
      guard isWritten else { continue }
      write(text, of: tick.text, at: Point(frame.x - size * 0.4, y), .note(style, .end))
    }
  }

  /// Writes the numbers of an axis below a frame, with light lines across it, as far as they do not lie
  /// on each other.
  mutating func columns(of axis: ValueAxis, in frame: Frame, hasLines: Bool = true) {
    let size = style.smallLetters
    var last = -Double.infinity
    for tick in axis.ticks {
      let x = axis.place(tick.value, from: frame.x, to: frame.maxX)
      if hasLines {
        add(.line([Point(x, frame.y), Point(x, frame.maxY)], Stroke(.rule, width: 0.5)))
      }
      let half = style.width(tick.text, isSmall: true) / 2
      guard x - half >= last + size * 0.5 else { continue }
      last = x + half
      write(tick.text, at: Point(x, frame.maxY + size * 0.9), .note(style, .middle))
    }
  }
}

extension Double {
  /// The value if it can be drawn; values beyond ±1e300 are drawn there, so that differences stay finite.
  var drawable: Double? { isFinite ? Swift.min(Swift.max(self, -1e300), 1e300) : nil }
}

extension Comparable {
  /// The value, or the end that it lies beyond.
  func clamped(from low: Self, to high: Self) -> Self { min(max(self, low), high) }
}
