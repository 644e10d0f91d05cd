import ChiasmStatistics
import Testing

@Suite("Laws of resampling")
struct StimulusSamplingLaws {
  let resampling = StimulusSampling(count: 30, seed: 9)

  @Test("A bootstrap sample has as many stimuli, drawn with replacement, each equally often")
  func bootstrap() {
    let samples = (0..<1000).map(resampling.bootstrapSample)
    #expect(samples.allSatisfy { $0.count == 30 && $0.allSatisfy { 0..<30 ~= $0 } })
    let counts = samples.reduce(into: [Int](repeating: 0, count: 30)) { counts, sample in
      for stimulus in sample { counts[stimulus] += 1 }
    }
    #expect(counts.allSatisfy { abs($0 - 1000) < 160 }, "\(counts)")
    #expect(samples.contains { Set($0).count < 30 })
    #expect(Set(samples).count == 1000)
  }

  @Test("Replicate k is the same however many there are, and another for another seed")
  func streams() {
    let again = StimulusSampling(count: 30, seed: 9)
    #expect(again.bootstrapSample(7) == resampling.bootstrapSample(7))
    #expect(again.permutation(7) == resampling.permutation(7))
    #expect(
      StimulusSampling(count: 30, seed: 10).bootstrapSample(7) != resampling.bootstrapSample(7))
    #expect(resampling.permutation(7).sorted() == Array(0..<30))
    #expect(resampling.permutation(7) != resampling.permutation(8))
  }

  @Test("Groups hold every stimulus once and are of nearly equal size", arguments: [1, 4, 7, 29])
  func groups(count: Int) {
    let groups = resampling.jackknifeGroups(count)
    #expect(groups.count == count)
    #expect(groups.flatMap { $0 }.sorted() == Array(0..<30))
    let sizes = groups.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
    #expect(groups.allSatisfy { $0 == $0.sorted() })
    for (kept, group) in zip(resampling.jackknifeSamples(count), groups) {
      #expect((kept + group).sorted() == Array(0..<30))
    }
  }

  @Test("As many groups as stimuli leave out one after the other", arguments: [30, 31, 1000])
  func leaveOneOut(count: Int) {
    #expect(resampling.jackknifeGroups(count) == (0..<30).map { [$0] })
  }

  @Test("One stimulus is its own sample and order")
  func single() {
    let single = StimulusSampling(count: 1, seed: 0)
    #expect(single.bootstrapSample(3) == [0])
    #expect(single.permutation(3) == [0])
    #expect(single.jackknifeSamples(5) == [[]])
  }
}
