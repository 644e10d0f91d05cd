import ChiasmStatistics
import Testing

@Suite("Laws of the ceiling from split halves")
struct SplitHalfCeilingLaws {
  @Test("Equal halves give Spearman and Brown's 2r / (1 + r)", arguments: [2, 4, 10])
  func spearmanBrown(repeats: Int) {
    let halves = NoiseCeiling.Halves(
      odd: [repeats / 2, repeats / 2], even: [repeats / 2, repeats / 2])
    for r in [0.01, 0.2, 0.5, 0.99] {
      let share = NoiseCeiling.share(
        halfCorrelation: r, halves: halves, meanInverseRepeats: 1 / Double(repeats))
      #expect(abs(share - 2 * r / (1 + r)) <= 1e-15)
    }
  }

  @Test("Three repeats have halves of two and one")
  func threeRepeats() {
    let halves = NoiseCeiling.Halves(odd: [2, 2], even: [1, 1])
    #expect(halves.oddMeanInverse == 0.5 && halves.evenMeanInverse == 1)
    // Signal as strong as the noise of one showing: r = 1 / √(1.5 · 2), and NC = 1 / (1 + 1/3).
    let r = 1 / 3.0.squareRoot()
    func share(_ inverse: Double) -> Double {
      NoiseCeiling.share(halfCorrelation: r, halves: halves, meanInverseRepeats: inverse)
    }
    #expect(abs(share(1.0 / 3) - 0.75) <= 1e-15)
    #expect(abs(share(1) - 0.5) <= 1e-15)
  }

  @Test("It is the ceiling of the ratio whose halves correlate so", arguments: [0.1, 0.7, 3])
  func inverse(signalToNoise: Double) {
    let repeats = [2, 3, 3, 5, 8]
    let halves = NoiseCeiling.Halves(
      odd: repeats.map { ($0 + 1) / 2 }, even: repeats.map { $0 / 2 })
    let signal = signalToNoise * signalToNoise
    let r =
      signal
      / ((signal + halves.oddMeanInverse) * (signal + halves.evenMeanInverse)).squareRoot()
    for inverse in [1, NoiseCeiling.meanInverse(ofRepeats: [1, 1] + repeats)] {
      let expected = NoiseCeiling.share(
        signalToNoise: signalToNoise, meanInverseRepeats: inverse)
      let share = NoiseCeiling.share(
        halfCorrelation: r, halves: halves, meanInverseRepeats: inverse)
      #expect(abs(share - expected) <= 1e-14)
    }
  }

  @Test("It rises with the correlation, from 0 to 1")
  func rising() {
    let halves = NoiseCeiling.Halves(odd: [1, 2], even: [1, 1])
    let shares = [-1, -0.2, 0, 1e-9, 0.3, 0.9, 1 - 1e-12, 1, 1 + 1e-12].map {
      NoiseCeiling.share(halfCorrelation: $0, halves: halves, meanInverseRepeats: 0.4)
    }
    #expect(shares.prefix(3) == [0, 0, 0] && shares.suffix(2) == [1, 1])
    #expect(zip(shares.dropFirst(2), shares.dropFirst(3)).dropLast().allSatisfy { $0 < $1 })
  }

  @Test("A NaN stays a NaN, and no stimuli have no halves")
  func undefined() {
    let halves = NoiseCeiling.Halves(odd: [], even: [])
    #expect(halves.oddMeanInverse.isNaN && halves.evenMeanInverse.isNaN)
    #expect(
      NoiseCeiling.share(
        halfCorrelation: .nan, halves: .init(odd: [1], even: [1]), meanInverseRepeats: 0.5
      ).isNaN)
  }
}
