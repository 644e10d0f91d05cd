import ChiasmStatistics
import Testing

@Suite("Null distributions")
struct NullDistributionTests {
  @Test("The p-value is (1 + #≥) / (1 + N), and its numerator is the rank")
  func definition() {
    let null = NullDistribution([3, 1, 2, 5])
    #expect(null.pValue(of: 6) == 1.0 / 5)
    #expect(null.pValue(of: 3) == 3.0 / 5)
    #expect(null.pValue(of: 0) == 1)
    #expect(null.rank(of: 6) == 1)
    #expect(null.rank(of: 3) == 3)
    #expect(null.spread == Spread([3, 1, 2, 5]))
  }

  @Test("Equal sums in another order count as equal, nearby values do not")
  func rounding() {
    let (one, other) = (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1)
    #expect(one > other)
    #expect(NullDistribution([other]).rank(of: one) == 2)
    #expect(NullDistribution([1 - 1e-12]).rank(of: 1) == 1)
  }

  @Test("Undefined draws are left out and counted; an undefined observation has no p-value")
  func undefined() {
    let null = NullDistribution([.nan, 1, .nan, 3])
    #expect(null.draws == [1, 3])
    #expect(null.undefinedCount == 2)
    #expect(null.pValue(of: 2) == 2.0 / 3)
    #expect(null.pValue(of: .nan).isNaN)
    #expect(null.rank(of: .nan) == nil)
    var generator = SeededGenerator(seed: 1)
    #expect(null.randomizedPValue(of: .nan, using: &generator).isNaN)
  }

  @Test("Without draws there is no evidence, and infinite values keep their order")
  func extremes() {
    #expect(NullDistribution([]).pValue(of: 5) == 1)
    #expect(NullDistribution([.nan]).pValue(of: 5) == 1)
    #expect(NullDistribution([1, -.infinity]).pValue(of: .infinity) == 1.0 / 3)
    #expect(NullDistribution([1, .infinity]).pValue(of: .infinity) == 2.0 / 3)
  }

  @Test("Under the null, each place on the grid of p-values is equally likely")
  func grid() {
    var generator = SeededGenerator(seed: 12)
    var counts = [Int](repeating: 0, count: 5)
    for _ in 0..<5000 {
      let values = (0..<5).map { _ in generator.normal() }
      counts[(NullDistribution(Array(values[1...])).rank(of: values[0]) ?? 0) - 1] += 1
    }
    // Five standard deviations of a binomial count.
    #expect(counts.allSatisfy { abs($0 - 1000) < 142 }, "\(counts)")
  }

  @Test("Randomised p-values of a statistic full of ties are uniform, plain ones are not")
  func randomized() {
    var generator = SeededGenerator(seed: 3)
    var (plain, randomized): ([Double], [Double]) = ([], [])
    for _ in 0..<2000 {
      let values = (0..<20).map { _ in Double(generator.integer(below: 3)) }
      let null = NullDistribution(Array(values[1...]))
      plain.append(null.pValue(of: values[0]))
      randomized.append(null.randomizedPValue(of: values[0], using: &generator))
    }
    #expect(UniformityTest(randomized).pValue > 0.01)
    #expect(UniformityTest(plain).pValue < 1e-10)
    // What holds for plain ones: P(p ≤ t) ≤ t, here up to five standard deviations.
    for t in [0.05, 0.3, 0.5, 0.9] {
      let share = Double(plain.count { $0 <= t }) / 2000
      #expect(share <= t + 5 * (t * (1 - t) / 2000).squareRoot())
    }
  }
}
