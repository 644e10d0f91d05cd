import Statistics
import Testing

@Suite("The formula of Spearman and Brown")
struct SpearmanBrownTests {
  @Test("Spearman and Brown: halves of reliability r make a whole of 2r / (1 + r)")
  func halves() {
    #expect(isClose(NoiseCeiling.spearmanBrown(0.5), 2.0 / 3, within: 1e-15))
    #expect(NoiseCeiling.spearmanBrown(0) == 0)
    #expect(NoiseCeiling.spearmanBrown(1) == 1)
    #expect(NoiseCeiling.spearmanBrown(-0.5) == -2)
    #expect(NoiseCeiling.spearmanBrown(-1) == -.infinity)
    #expect(NoiseCeiling.spearmanBrown(.nan).isNaN)
  }

  @Test("Four parts are two halves of two halves, and one part is itself")
  func parts() {
    let whole = NoiseCeiling.spearmanBrown(NoiseCeiling.spearmanBrown(0.3))
    #expect(isClose(NoiseCeiling.spearmanBrown(0.3, parts: 4), whole, within: 1e-15))
    #expect(NoiseCeiling.spearmanBrown(0.3, parts: 1) == 0.3)
  }

  @Test("It is the ceiling of equal halves", arguments: [0.01, 0.3, 0.5, 0.99])
  func equalHalves(reliability: Double) {
    let share = NoiseCeiling.share(
      halfCorrelation: reliability, halves: .init(repeats: [4, 4, 4]), meanInverseRepeats: 0.25)
    #expect(isClose(NoiseCeiling.spearmanBrown(reliability), share, within: 1e-14))
  }
}
