import ChiasmStatistics
import Testing

/// Units of which the noise-free correlation with a target is known, recorded with noise.
@Suite("Noise ceilings recover a known correlation")
struct CeilingRecovery {
  static let truth = 0.6
  static let unitCount = 150
  static let stimulusCount = 600
  static let repeats = 3

  /// One unit's responses, as a mean over its repeats, with the ceiling that its halves give.
  struct Recorded {
    let mean: [Double]
    let ceiling: Double

    init(_ signal: [Double], noise: Double, _ generator: inout SeededGenerator) {
      let showings = (0..<repeats).map { _ in
        signal.map { $0 + noise * generator.normal() }
      }
      func average(_ chosen: [[Double]]) -> [Double] {
        signal.indices.map { row in
          chosen.reduce(0) { $0 + $1[row] } / Double(chosen.count)
        }
      }
      mean = average(showings)
      ceiling = NoiseCeiling.share(
        halfCorrelation: correlation(average([showings[0], showings[2]]), showings[1]),
        halves: .init(odd: [2], even: [1]), meanInverseRepeats: 1 / Double(repeats))
    }
  }

  /// A target's signal and one whose correlation with it is `truth`.
  static func signals(_ generator: inout SeededGenerator) -> (target: [Double], unit: [Double]) {
    let target = (0..<stimulusCount).map { _ in generator.normal() }
    let rest = (1 - truth * truth).squareRoot()
    return (target, target.map { truth * $0 + rest * generator.normal() })
  }

  @Test("Of a noisy brain and a model", arguments: [UInt64(1), 2, 3])
  func oneSided(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var scores: [Double] = []
    var ceilings: [Double] = []
    for unit in 0..<Self.unitCount {
      let (target, signal) = Self.signals(&generator)
      let recorded = Recorded(signal, noise: 0.5 + Double(unit % 5) / 2, &generator)
      scores.append(correlation(recorded.mean, target))
      ceilings.append(recorded.ceiling)
    }
    // A NaN would make the mean NaN: every unit is used.
    let normalized = Spread(CeilingNormalization().normalize(scores, ceilings: ceilings))
    #expect(abs(normalized.mean - Self.truth) < 0.015, "seed \(seed)")
    #expect(Spread(scores).mean < Self.truth - 0.08, "seed \(seed)")
  }

  @Test("Of two noisy brains", arguments: [UInt64(4), 5, 6])
  func twoSided(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var scores: [Double] = []
    var ceilings: ([Double], [Double]) = ([], [])
    for unit in 0..<Self.unitCount {
      let (target, signal) = Self.signals(&generator)
      let left = Recorded(signal, noise: 0.5 + Double(unit % 5) / 2, &generator)
      let right = Recorded(target, noise: 0.5 + Double(unit % 3) / 2, &generator)
      scores.append(correlation(left.mean, right.mean))
      ceilings.0.append(left.ceiling)
      ceilings.1.append(right.ceiling)
    }
    let both = Spread(
      CeilingNormalization().normalize(
        scores, ceilings: ceilings.0, targetCeilings: ceilings.1))
    let one = Spread(CeilingNormalization().normalize(scores, ceilings: ceilings.0))
    #expect(abs(both.mean - Self.truth) < 0.02, "seed \(seed)")
    #expect(one.mean < Self.truth - 0.04, "one ceiling is not enough, seed \(seed)")
  }
}
