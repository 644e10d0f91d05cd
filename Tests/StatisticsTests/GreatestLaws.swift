import ChiasmStatistics
import Testing

@Suite("The greatest and the least of a list")
struct GreatestLaws {
  @Test("The first of equals is taken, and a NaN never is")
  func firstOfEquals() {
    #expect([1.0, 3, 3, 2].indexOfGreatest() == 1)
    #expect([.nan, 1, .nan, 1].indexOfGreatest() == 1)
    #expect([2.0, .nan, -1, -1].indexOfLeast() == 2)
    #expect([-.infinity, .nan].indexOfGreatest() == 0)
    #expect([.nan, .infinity].indexOfLeast() == 1)
    #expect([Double.nan, .nan].indexOfGreatest() == nil && [Double]().indexOfLeast() == nil)
  }

  @Test("Rounding ties only where it is asked for")
  func ties() {
    let shares = [0.2, 0.4 - 1e-13, 0.4, 0.4 - 1e-11]
    #expect(shares.indicesOfGreatest() == [2])
    #expect(shares.indicesOfGreatest(tie: .rounding) == [1, 2])
    #expect(shares.indexOfGreatest(tie: .rounding) == 1)
    #expect([Double.nan].indicesOfGreatest(tie: .rounding) == [])
  }

  @Test("Among those that tie the least cost decides, and the first of equal costs")
  func costs() {
    let shares = [0.5, 0.5, 0.5, 0.1]
    #expect(shares.indexOfGreatest(costs: [3, 2, 2, 1]) == 1)
    #expect(shares.indexOfGreatest(costs: [.nan, 2, 1, .nan]) == 2)
    #expect(shares.indexOfGreatest(costs: [.nan, .nan, .nan, 0]) == 0)
    #expect([0.5 - 1e-13, 0.5].indexOfGreatest(tie: .rounding, costs: [1, 2]) == 0)
    #expect([0.5 - 1e-13, 0.5].indexOfGreatest(costs: [1, 2]) == 1)
  }
}
