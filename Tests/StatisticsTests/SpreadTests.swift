import ChiasmStatistics
import Testing

@Suite("Mean and sample deviation")
struct SpreadTests {
  @Test("The sum of squares is divided by n − 1")
  func definition() {
    let spread = Spread([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(spread.mean == 5)
    #expect(abs(spread.deviation - (32.0 / 7).squareRoot()) <= 1e-15)
  }

  @Test("Equal numbers do not spread, also far from zero")
  func equalNumbers() {
    #expect(Spread([1e9, 1e9, 1e9]) == Spread([1e9, 1e9]))
    #expect(Spread([3, 3]).deviation == 0)
  }

  @Test("A shift moves the mean only")
  func shift() {
    let spread = Spread([1, 2, 4])
    let shifted = Spread([1e6 + 1, 1e6 + 2, 1e6 + 4])
    #expect(abs(shifted.mean - spread.mean - 1e6) <= 1e-9)
    #expect(abs(shifted.deviation - spread.deviation) <= 1e-9)
  }

  @Test("One number has a mean and no deviation, no number has neither")
  func tooFew() {
    #expect(Spread([3]).mean == 3)
    #expect(Spread([3]).deviation.isNaN)
    #expect(Spread([]).mean.isNaN)
    #expect(Spread([]).deviation.isNaN)
  }

  @Test("A NaN makes both NaN")
  func notANumber() {
    #expect(Spread([1, .nan, 2]).mean.isNaN)
    #expect(Spread([1, .nan, 2]).deviation.isNaN)
  }
}
