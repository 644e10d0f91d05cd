import Testing

@testable import ChiasmReporting

@Suite("Ticks")
struct TicksTests {
  @Test(
    "Ticks are round numbers with equal decimals",
    arguments: [
      (0.0...1.0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
      (-0.13...0.31, ["−0.1", "0.0", "0.1", "0.2", "0.3"]),
      (0...0.003, ["0.000", "0.001", "0.002", "0.003"]),
      (3...97, ["20", "40", "60", "80"]),
      (0...2e7, ["0", "5e+06", "1e+07", "1.5e+07", "2e+07"]),
      (0...4e-9, ["0", "1e-09", "2e-09", "3e-09", "4e-09"]),
    ])
  func labels(_ range: ClosedRange<Double>, _ labels: [String]) {
    #expect(Ticks(in: range).labels == labels)
  }

  @Test("Ticks lie in their range, rise, and are neither many nor none")
  func laws() {
    for exponent in -12...12 {
      for (low, high) in [(0.0, 1.0), (-1, 1), (0.37, 0.71), (-9.9, -9.1), (100, 101), (0, 7)] {
        let unit = power(exponent)
        let range = (low * unit)...(high * unit)
        let ticks = Ticks(in: range)
        let slack = 1e-6 * (range.upperBound - range.lowerBound)
        #expect((3...7).contains(ticks.values.count), "\(range): \(ticks)")
        #expect(ticks.labels.count == ticks.values.count)
        #expect(Set(ticks.labels).count == ticks.labels.count, "\(ticks.labels)")
        #expect(zip(ticks.values, ticks.values.dropFirst()).allSatisfy { $0 < $1 })
        for value in ticks.values {
          #expect(value >= range.lowerBound - slack && value <= range.upperBound + slack)
        }
        let wide = Ticks.rounded(range)
        #expect(wide.lowerBound <= range.lowerBound + slack)
        #expect(wide.upperBound >= range.upperBound - slack)
      }
    }
  }

  @Test("A range of one value has a tick", arguments: [0, 1, -3.7, 1e300, 1e-300])
  func oneValue(_ value: Double) {
    #expect(Ticks(in: value...value).values.count == 1)
    let wide = Ticks.rounded(value...value)
    #expect(wide.upperBound > wide.lowerBound)
  }

  @Test("A range of all numbers does no harm")
  func allNumbers() {
    let largest = Double.greatestFiniteMagnitude
    #expect(!Ticks(in: -largest...largest).values.isEmpty)
  }

  private func power(_ exponent: Int) -> Double {
    (0..<abs(exponent)).reduce(1) { power, _ in exponent < 0 ? power / 10 : power * 10 }
  }
}
