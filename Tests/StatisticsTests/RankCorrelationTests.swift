import ChiasmStatistics
import Testing

@Suite("Rank correlations")
struct RankCorrelationTests {
  @Test("Ranks, Spearman's ρ and Kendall's τ-b are those of SciPy")
  func scipy() throws {
    let cases = try EvidenceReference.read().ranks
    #expect(cases.count == 6)
    for pairs in cases {
      #expect(RankCorrelation.meanRanks(of: pairs.x) == pairs.ranks, "\(pairs.name)")
      let spearman = RankCorrelation.spearman(pairs.x, pairs.y)
      #expect(isClose(spearman, pairs.spearman, within: 1e-14), "\(pairs.name)")
      let kendall = RankCorrelation.kendall(pairs.x, pairs.y)
      #expect(isClose(kendall, pairs.kendall, within: 1e-14), "\(pairs.name)")
    }
  }

  @Test("A rising function of either side changes nothing")
  func monotone() throws {
    let pairs = try #require(try EvidenceReference.read().ranks.first)
    let bent = pairs.x.map { $0 * $0 * $0 + 7 }
    #expect(
      RankCorrelation.spearman(bent, pairs.y) == RankCorrelation.spearman(pairs.x, pairs.y))
    #expect(RankCorrelation.kendall(bent, pairs.y) == RankCorrelation.kendall(pairs.x, pairs.y))
  }

  @Test("Infinite values are the greatest and the least")
  func infinite() {
    #expect(
      isClose(RankCorrelation.spearman([-.infinity, 0, .infinity], [1, 2, 3]), 1, within: 1e-15))
    #expect(RankCorrelation.kendall([-.infinity, 0, .infinity], [1, 2, 3]) == 1)
  }

  @Test("No values, one value, a constant and a NaN have no rank correlation")
  func undefined() {
    for (x, y) in [
      ([], []), ([1], [2]), ([1, 1, 1], [1, 2, 3]), ([1, 2, 3], [4, 4, 4]),
      ([1, .nan, 3], [1, 2, 3]), ([1, 2, 3], [1, 2, .nan]),
    ] as [([Double], [Double])] {
      #expect(RankCorrelation.spearman(x, y).isNaN)
      #expect(RankCorrelation.kendall(x, y).isNaN)
    }
  }
}
