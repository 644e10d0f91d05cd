import Statistics
import Testing

@Suite("Split-half reliability")
struct SplitHalfTests {
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

  @Test("It estimates the same share as the signal-to-noise ratio does")
  func agreement() {
    var generator = SeededGenerator(seed: 2)
    let signal = (0..<20_000).map { _ in generator.normal() }
    let halves = (0..<2).map { _ in
      signal.map { value in value + (generator.normal() + generator.normal()) / 2 * 1.5 }
    }
    let known = NoiseCeiling.share(signalToNoise: 1 / 1.5, meanInverseRepeats: 0.25)
    #expect(abs(NoiseCeiling.share(ofHalves: halves[0], halves[1]) - known) < 0.02)
  }

  @Test("Opposed halves count as no signal, constant halves have no share")
  func edges() {
    #expect(NoiseCeiling.share(ofHalves: [1, 2, 3], [3, 2, 1]) == 0)
    #expect(isClose(NoiseCeiling.share(ofHalves: [1, 2, 3], [2, 4, 6]), 1, within: 1e-15))
    #expect(NoiseCeiling.share(ofHalves: [1, 1, 1], [1, 2, 3]).isNaN)
    #expect(NoiseCeiling.share(ofHalves: [1, .nan, 1], [1, 2, 3]).isNaN)
  }

  @Test("The ceiling of a correlation is the root of a share, or of the product of two")
  func ceilings() {
    #expect(NoiseCeiling.correlationCeiling(ofShare: 0.25) == 0.5)
    #expect(NoiseCeiling.correlationCeiling(ofShares: 0.25, 0.36) == 0.3)
    #expect(NoiseCeiling.correlationCeiling(ofShare: .nan).isNaN)
  }
}
