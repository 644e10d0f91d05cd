import ChiasmLinearAlgebra
import ChiasmTransport
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Outer problems in an alignment")
struct OuterChoiceTests {
  /// Each source stage has the features of one of eight target stages: 0, 3, 4 and 7.
  private static let answer = [0, 3, 4, 7]

  private func sparsePair() throws -> ResponsePair {
    func stages(_ features: [Int], seed: UInt64) throws -> ResponseSet {
      let sets = try features.map {
        try system([10], stimuli: 150, seed: seed + UInt64($0), features: 500 + UInt64($0))
      }
      return try ResponseSet(
        stimulusIDs: sets[0].stimulusIDs,
        stages: zip(features, sets).map {
          Stage(name: "features \($0)", responses: $1.stages[0].responses)
        })
    }
    return try ResponsePair(
      source: stages(Self.answer, seed: 1), target: stages(Array(0..<8), seed: 50))
  }

  private func fit(
    _ pair: ResponsePair, _ outer: OuterTransport, _ split: Split, threads: Int = 1
  ) async throws -> FittedTransport {
    try await HierarchicalTransport(outer: outer)
      .fit(StandardizedPair(pair, split: split), threads: threads)
  }

  @Test("The choice finds a sparse answer that balanced marginals spread out")
  func sparse() async throws {
    let (pair, split) = (try sparsePair(), thirds(150))
    let chosen = try await fit(pair, OuterTransport(seed: 3), split)
    let balanced = try await fit(pair, .balanced, split)
    for (row, column) in Self.answer.enumerated() {
      #expect(chosen.shares[row, column] >= 0.9, "\(chosen.outer)")
      #expect(balanced.shares[row, column] <= 0.5 + 1e-12)
    }
    #expect(chosen.outerCertificate.holds(within: 1e-9))
    let path = try #require(chosen.outerPath)
    #expect(path.points.count == 10 && path.points[path.chosen].coupling.problem == chosen.outer)
    #expect(path.points.allSatisfy { $0.foldScores.count == 3 })
    #expect(path.points[0].criterion < path.points[path.chosen].criterion - 0.05)
  }

  @Test("A choice gives what its penalty gives when asked for, whatever the threads")
  func same() async throws {
    let (pair, split) = (try sparsePair(), thirds(150))
    let chosen = try await fit(pair, OuterTransport(seed: 3), split)
    let asked = try await fit(pair, OuterTransport(chosen.outer), split)
    #expect(asked.outer == chosen.outer)
    #expect(largestDifference(asked.coupling.elements, chosen.coupling.elements) <= 1e-9)
    let again = try await fit(pair, OuterTransport(seed: 3), split, threads: 3)
    #expect(again.coupling == chosen.coupling)
    #expect(
      again.outerPath?.points.map(\.foldScores) == chosen.outerPath?.points.map(\.foldScores))
  }

  @Test("Where it makes no difference, the balanced problem is taken")
  func indifferent() async throws {
    let pair = try ResponsePair(
      source: system([6, 9], seed: 1), target: system([7], seed: 2))
    let copies = try ResponseSet(
      stimulusIDs: pair.target.stimulusIDs,
      stages: (0..<4).map {
        Stage(name: "copy \($0)", responses: pair.target.stages[0].responses)
      })
    let chosen = try await fit(
      ResponsePair(source: pair.source, target: copies), OuterTransport(seed: 1), thirds())
    #expect(chosen.outer == .balanced)
  }

  @Test("Several splits at once are fitted as each by itself")
  func manySplits() async throws {
    let pair = try smallPair()
    let splits = [thirds(), Split(name: "b", training: Array(0..<22), heldOut: Array(22..<30))]
    let transport = HierarchicalTransport(outer: OuterTransport(seed: 5))
    let counter = Counter()
    let both = try await transport.fit(
      splits.map { try StandardizedPair(pair, split: $0) }, threads: 2
    ) { _ in _ = counter.increment() }
    #expect(counter.increment() == 1 + 2 * transport.outer.fitsPerSplit * 12)
    for (fit, split) in zip(both, splits) {
      let alone = try await transport.fit(StandardizedPair(pair, split: split), threads: 1)
      #expect(fit.split == split && fit.outer == alone.outer)
      #expect(largestDifference(fit.coupling.elements, alone.coupling.elements) <= 1e-6)
    }
  }

  @Test(
    "A source stage without mass has no share, no score and no best, and the others keep theirs")
  func withoutMass() async throws {
    let pair = try smallPair()
    let data = try StandardizedPair(pair, split: thirds())
    let outer = OuterTransport(.partial(mass: 0.2))
    let fit = try await HierarchicalTransport(outer: outer).fit(data, threads: 1)
    let alignment = try await SplitAlignment(
      fit, on: data, controls: [CoupledStages(), SingleBestStage(), PermutedCoupling(seed: 1)],
      threads: 1)
    let summary = CouplingSummary([fit])
    let masses = (0..<3).map { fit.coupling.row($0).reduce(0, +) }
    #expect(masses.contains(0) && masses.contains { $0 > 0 })
    for (row, mass) in masses.enumerated() {
      let isEmpty = mass == 0
      #expect(fit.shares.row(row).allSatisfy { $0.isNaN == isEmpty })
      for score in alignment.scores.prefix(4) {
        #expect(score.stageScores[row].isNaN == isEmpty, "\(score.method)")
      }
      #expect(alignment.unitScores[row].allSatisfy { $0.isNaN } == isEmpty)
      #expect((summary.bestTargets[row] == nil) == isEmpty)
      #expect(summary.expectedDepths[row].isNaN == isEmpty)
    }
    #expect(alignment.scores[0].score.isNaN)
  }
}
