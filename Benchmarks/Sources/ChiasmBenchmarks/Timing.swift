/// The milliseconds of several calls of one function, in ascending order.
struct Timing {
  private let milliseconds: [Double]

  /// Calls once unmeasured, then at least 5 times, and up to 50 while a second lasts.
  init(_ body: () throws -> Void) rethrows {
    try body()
    let clock = ContinuousClock()
    let start = clock.now
    var times: [Double] = []
    while times.count < 5 || (times.count < 50 && start.duration(to: clock.now) < .seconds(1)) {
      times.append(try clock.measure(body) / .milliseconds(1))
    }
    milliseconds = times.sorted()
  }

  /// The median.
  var median: String { text(middle) }
  /// The least and the greatest.
  var extremes: String { text(milliseconds[0]) + "–" + text(milliseconds[milliseconds.count - 1]) }

  /// Billions a second, for an amount that one call works through.
  func rate(of amount: Double, unit: String) -> String {
    text(amount / middle / 1e6) + " " + unit
  }

  private var middle: Double { milliseconds[milliseconds.count / 2] }

  /// Three decimals below 10, one from there on.
  private func text(_ number: Double) -> String {
    let scale = number < 10 ? 1000.0 : 10
    return "\((number * scale).rounded() / scale)"
  }
}
