import ChiasmAlignment
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Two ways: resampled stimuli by lists of rows and by copies of the data")
struct ResamplingTwoWays {
  private let pair: ResponsePair
  private let splits = (0..<5).map { fold in
    Split(
      name: "fold \(fold)", training: (0..<30).filter { $0 % 5 != fold },
      heldOut: (0..<30).filter { $0 % 5 == fold })
  }

  init() throws { pair = try smallPair() }

  @Test("A permutation is a target whose rows are exchanged")
  func permutation() async throws {
    var generator = SeededGenerator(seed: 3)
    let order = generator.permutation(of: 30)
    let copied = try ResponsePair(
      source: pair.source,
      target: ResponseSet(
        stimulusIDs: pair.stimulusIDs,
        stages: pair.target.stages.map { $0.selectingStimuli(order) }))
    try await expectEqual(pair, .permutation(order), copied, splits)
  }

  @Test("The order that exchanges nothing is no resampling, nor is a sample of all")
  func identity() async throws {
    try await expectEqual(pair, .permutation(Array(0..<30)), pair, splits)
    try await expectEqual(pair, .sample(Array(0..<30)), pair, splits)
  }

  @Test("A sample is a pair of sets with repeated rows, on the side of each split they were on")
  func sample() async throws {
    var generator = SeededGenerator(seed: 5)
    let sample = (0..<30).map { _ in generator.permutation(of: 30)[0] }
    func copy(_ set: ResponseSet) throws -> ResponseSet {
      try ResponseSet(
        stimulusIDs: (0..<30).map { "copy \(100 + $0)" },
        stages: set.stages.map { $0.selectingStimuli(sample) })
    }
    let copied = try ResponsePair(source: copy(pair.source), target: copy(pair.target))
    let copiedSplits = splits.map { split in
      Split(
        name: split.name, training: (0..<30).filter { split.training.contains(sample[$0]) },
        heldOut: (0..<30).filter { split.heldOut.contains(sample[$0]) })
    }
    try await expectEqual(pair, .sample(sample), copied, copiedSplits)
  }

  @Test("A sample with too few stimuli on one side of a split is refused")
  func tooFew() throws {
    #expect(throws: AlignmentError.splitTooSmall(split: "fold 0", training: 30, heldOut: 0)) {
      try StandardizedPair(
        pair, split: splits[0], resampling: .sample((0..<30).map { $0 % 4 + 1 }))
    }
  }

  private func expectEqual(
    _ pair: ResponsePair, _ resampling: Resampling, _ copied: ResponsePair, _ others: [Split]
  ) async throws {
    let data = try splits.map { try StandardizedPair(pair, split: $0, resampling: resampling) }
    let copies = try others.map { try StandardizedPair(copied, split: $0) }
    let fits = try await HierarchicalTransport().fit(data, threads: 1)
    let expected = try await HierarchicalTransport().fit(copies, threads: 1)
    for number in splits.indices {
      #expect(fits[number].costs == expected[number].costs)
      #expect(fits[number].coupling == expected[number].coupling)
      let one = try await SplitAlignment(
        fits[number], on: data[number], controls: [CoupledStages()], threads: 1)
      let other = try await SplitAlignment(
        expected[number], on: copies[number], controls: [CoupledStages()], threads: 1)
      #expect(one.scores == other.scores)
    }
  }
}
