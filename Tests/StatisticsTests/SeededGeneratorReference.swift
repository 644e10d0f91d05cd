import ChiasmStatistics
import Testing

@Suite("Reference: the generator written a second time")
struct SeededGeneratorReference {
  let sequences: [Reference.Sequence]

  init() throws { sequences = try Reference.read().sequences }

  @Test("The random words are those of xoshiro256** seeded by SplitMix64")
  func words() {
    #expect(sequences.count == 5)
    for key in sequences { #expect(drawn(key, key.words) { $0.next() } == key.words) }
  }

  @Test("Whole numbers, with and without rejections, are the same")
  func integers() {
    for key in sequences {
      #expect(drawn(key, key.below10) { $0.integer(below: 10) } == key.below10)
      #expect(drawn(key, key.belowGreat) { $0.integer(below: 3 << 61) } == key.belowGreat)
    }
  }

  @Test("Fractions and permutations are the same")
  func fractions() {
    for key in sequences {
      #expect(drawn(key, key.uniform) { $0.uniform() } == key.uniform)
      var generator = SeededGenerator(seed: key.seed, stream: key.stream)
      #expect(generator.permutation(of: key.permutation.count) == key.permutation)
    }
  }

  @Test("Normal deviates are the same up to the last bits of the logarithm")
  func normals() {
    for key in sequences {
      let values = drawn(key, key.normal) { $0.normal() }
      #expect(zip(values, key.normal).allSatisfy { abs($0 - $1) <= 1e-14 * abs($1) })
    }
  }

  private func drawn<Value>(
    _ key: Reference.Sequence, _ like: [Value], _ draw: (inout SeededGenerator) -> Value
  ) -> [Value] {
    var generator = SeededGenerator(seed: key.seed, stream: key.stream)
    return like.map { _ in draw(&generator) }
  }
}
