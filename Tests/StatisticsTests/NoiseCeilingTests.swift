import ChiasmStatistics
import Testing

@Suite("The noise ceiling")
struct NoiseCeilingTests {
  @Test("It is ncsnr² / (ncsnr² + 1/n)", arguments: [(1.0, 3), (0.5, 1), (0.01, 2), (12, 40)])
  func formula(signalToNoise: Double, repeats: Int) {
    let share = NoiseCeiling.share(
      signalToNoise: signalToNoise,
      meanInverseRepeats: NoiseCeiling.meanInverse(ofRepeats: [repeats, repeats]))
    let square = signalToNoise * signalToNoise
    #expect(abs(share - square / (square + 1 / Double(repeats))) <= 1e-15)
  }

  @Test("Three repeats at a ratio of 1 leave three quarters")
  func threeRepeats() {
    #expect(abs(NoiseCeiling.share(signalToNoise: 1, meanInverseRepeats: 1.0 / 3) - 0.75) <= 1e-15)
  }

  @Test("Mixed repeats count by (A/1 + B/2 + C/3) / (A + B + C)")
  func mixedRepeats() {
    let repeats = [1, 1, 2, 3, 3, 3]
    #expect(abs(NoiseCeiling.meanInverse(ofRepeats: repeats) - (2 + 0.5 + 1) / 6) <= 1e-15)
  }

  @Test("It rises with the ratio and with the repeats")
  func rising() {
    func shares(_ ratios: [Double], _ inverse: Double) -> [Double] {
      ratios.map { NoiseCeiling.share(signalToNoise: $0, meanInverseRepeats: inverse) }
    }
    let single = shares([0.1, 0.2, 0.5, 1, 5], 1)
    #expect(zip(single, single.dropFirst()).allSatisfy { $0 < $1 })
    #expect(zip(single, shares([0.1, 0.2, 0.5, 1, 5], 0.5)).allSatisfy { $0 < $1 })
  }

  @Test("A negative ratio counts as none", arguments: [-1.0, 0])
  func noSignal(signalToNoise: Double) {
    #expect(NoiseCeiling.share(signalToNoise: signalToNoise, meanInverseRepeats: 0.5) == 0)
  }

  @Test("A ratio whose square overflows is all signal", arguments: [1e100, 1e200])
  func allSignal(signalToNoise: Double) {
    #expect(NoiseCeiling.share(signalToNoise: signalToNoise, meanInverseRepeats: 0.5) == 1)
  }

  @Test("A ratio whose square underflows is no signal")
  func underflow() {
    #expect(NoiseCeiling.share(signalToNoise: 1e-200, meanInverseRepeats: 0.5) == 0)
  }

  @Test("An infinite ratio is none that was measured", arguments: [Double.infinity, -.infinity])
  func infinite(signalToNoise: Double) {
    #expect(
      NoiseCeiling.share(signalToNoise: signalToNoise, meanInverseRepeats: 0.5).isNaN)
  }

  @Test("A NaN stays a NaN, and no stimuli have no mean")
  func undefined() {
    #expect(NoiseCeiling.share(signalToNoise: .nan, meanInverseRepeats: 0.5).isNaN)
    #expect(NoiseCeiling.share(signalToNoise: 1, meanInverseRepeats: .nan).isNaN)
    #expect(NoiseCeiling.meanInverse(ofRepeats: []).isNaN)
  }
}
