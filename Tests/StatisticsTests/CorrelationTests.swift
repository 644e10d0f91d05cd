import ChiasmStatistics
import Testing

@Suite("Pearson's correlation")
struct CorrelationTests {
  @Test("The values are those of NumPy")
  func numpy() throws {
    let cases = try Reference.read().correlations
    #expect(cases.count == 8)
    for pairs in cases {
      // Subtracting the mean of numbers near 1e6 costs six of sixteen digits.
      let tolerance = pairs.name == "far from zero" ? 1e-9 : 1e-14
      let value = correlation(pairs.x, pairs.y)
      #expect(abs(value - pairs.r) <= tolerance, "\(pairs.name): \(value)")
    }
  }

  @Test("It is symmetric, and 1 with itself")
  func symmetry() throws {
    let pairs = try #require(try Reference.read().correlations.first)
    #expect(correlation(pairs.x, pairs.y) == correlation(pairs.y, pairs.x))
    #expect(abs(correlation(pairs.x, pairs.x) - 1) <= 1e-15)
  }

  @Test("Positive scaling and shifting change nothing, a negative factor the sign")
  func invariance() throws {
    let pairs = try #require(try Reference.read().correlations.first)
    let value = correlation(pairs.x, pairs.y)
    #expect(abs(correlation(pairs.x.map { 3 * $0 + 5 }, pairs.y) - value) <= 1e-14)
    #expect(correlation(pairs.x.map { -$0 }, pairs.y) == -value)
  }

  @Test("Two values correlate 1 or -1")
  func twoValues() {
    #expect(abs(correlation([1, 2], [10, 30]) - 1) <= 1e-15)
    #expect(abs(correlation([1, 2], [30, 10]) + 1) <= 1e-15)
  }

  @Test("No values, one value, a constant and a NaN have no correlation")
  func undefined() {
    #expect(correlation([], []).isNaN)
    #expect(correlation([1], [2]).isNaN)
    #expect(correlation([1, 1, 1], [1, 2, 3]).isNaN)
    #expect(correlation([1, 2, 3], [0.1, 0.1, 0.1]).isNaN)
    #expect(correlation([1, 2, 3], [1, .nan, 3]).isNaN)
    #expect(correlation([1, .infinity, 3], [1, 2, 3]).isNaN)
  }

  @Test("Rounding is not variance: the limit is 1e-12 · the largest |value|")
  func limit() {
    #expect(CentredValues([1e-13, -1e-13]).varies)
    #expect(!CentredValues([0, 0]).varies)
    #expect(abs(correlation([1e-20, 2e-20, 4e-20], [1, 2, 4]) - 1) <= 1e-14)
    #expect(!CentredValues([1e6 + 9e-7, 1e6 - 9e-7]).varies)
    #expect(CentredValues([1e6 + 2e-6, 1e6 - 2e-6]).varies)
  }

  @Test("Centred values add up to zero and keep their norm")
  func centred() {
    let centred = CentredValues([1, 2, 6])
    #expect(centred.values == [-2, -1, 3])
    #expect(centred.norm == 14.0.squareRoot())
  }
}
