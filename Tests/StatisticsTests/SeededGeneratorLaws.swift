import ChiasmStatistics
import Testing

@Suite("Laws of the seeded generator")
struct SeededGeneratorLaws {
  @Test("Equal seeds give equal sequences")
  func equalSeeds() {
    #expect(words(seed: 7, stream: 3) == words(seed: 7, stream: 3))
  }

  @Test("Every seed and every stream of a seed begins another sequence")
  func streams() {
    let keys = (0..<20).flatMap { seed in (0..<20).map { (UInt64(seed), UInt64($0)) } }
    #expect(Set(keys.flatMap { words(seed: $0.0, stream: $0.1) }).count == 400 * 4)
    var unnamed = SeededGenerator(seed: 5)
    #expect(words(seed: 5, stream: 0) == (0..<4).map { _ in unnamed.next() })
  }

  @Test("Streams of one seed are not correlated")
  func uncorrelatedStreams() {
    let draws = (0..<4).map { stream in
      var generator = SeededGenerator(seed: 11, stream: UInt64(stream))
      return (0..<4000).map { _ in generator.uniform() }
    }
    for first in 0..<4 {
      for second in 0..<first {
        // The deviation of r over independent draws is 1/√4000 = 0.016.
        #expect(abs(correlation(draws[first], draws[second])) < 0.06)
      }
    }
  }

  // The limits are the 0.999 points of χ² with one degree of freedom fewer than there are cells.
  @Test(
    "Whole numbers below a bound are equally likely",
    arguments: zip([2, 3, 7, 10], [10.83, 13.82, 22.46, 27.88]))
  func uniformIntegers(bound: Int, limit: Double) {
    var generator = SeededGenerator(seed: 21)
    let draws = (0..<20_000).map { _ in generator.integer(below: bound) }
    #expect(chiSquare(draws, cells: bound) < limit)
  }

  @Test("A bound near the greatest number favours no residue: draws are rejected")
  func rejection() {
    var generator = SeededGenerator(seed: 22)
    // Without rejection the residues of 3 would have shares 3 : 3 : 2.
    let draws = (0..<20_000).map { _ in generator.integer(below: 3 << 61) }
    #expect(draws.allSatisfy { 0..<(3 << 61) ~= $0 })
    #expect(chiSquare(draws.map { $0 % 3 }, cells: 3) < 13.82)
  }

  @Test("Below 1 there is only 0")
  func belowOne() {
    var generator = SeededGenerator(seed: 23)
    #expect((0..<50).allSatisfy { _ in generator.integer(below: 1) == 0 })
  }

  @Test("Fractions fill [0, 1) evenly")
  func fractions() {
    var generator = SeededGenerator(seed: 24)
    let draws = (0..<20_000).map { _ in generator.uniform() }
    #expect(draws.allSatisfy { 0 <= $0 && $0 < 1 })
    #expect(chiSquare(draws.map { Int($0 * 10) }, cells: 10) < 27.88)
  }

  @Test("A permutation holds every number once", arguments: [0, 1, 2, 3, 50])
  func permutations(count: Int) {
    var generator = SeededGenerator(seed: 25)
    for _ in 0..<20 { #expect(generator.permutation(of: count).sorted() == Array(0..<count)) }
  }

  @Test("All six orders of three are equally likely")
  func orders() {
    var generator = SeededGenerator(seed: 26)
    let draws = (0..<12_000).map { _ in
      let order = generator.permutation(of: 3)
      return order[0] * 2 + (order[1] > order[2] ? 1 : 0)
    }
    #expect(chiSquare(draws, cells: 6) < 20.52)
  }

  @Test("Normal deviates have the moments of the normal distribution")
  func normalMoments() {
    var generator = SeededGenerator(seed: 27)
    let count = 40_000
    let draws = (0..<count).map { _ in generator.normal() }
    // The k-th sample moment has variance (E x²ᵏ − (E xᵏ)²) / n: 1, 2, 15 and 96 over n.
    for (power, expected, variance) in [(1, 0.0, 1.0), (2, 1, 2), (3, 0, 15), (4, 3, 96)] {
      let sum = draws.reduce(0) { sum, draw in
        sum + (0..<power).reduce(1) { product, _ in product * draw }
      }
      let moment = sum / Double(count)
      #expect(abs(moment - expected) < 4 * (variance / Double(count)).squareRoot())
    }
  }

  private func words(seed: UInt64, stream: UInt64) -> [UInt64] {
    var generator = SeededGenerator(seed: seed, stream: stream)
    return (0..<4).map { _ in generator.next() }
  }

  private func chiSquare(_ draws: [Int], cells: Int) -> Double {
    var counts = [Double](repeating: 0, count: cells)
    for draw in draws { counts[draw] += 1 }
    let expected = Double(draws.count) / Double(cells)
    return counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
  }
}
