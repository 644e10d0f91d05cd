import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@testable import ChiasmAlignment

@Suite("Laws: evidence of stimuli that belong together")
struct GroupedEvidenceLaws {
  /// Six groups of five stimuli, in turns.
  private let groups = Grouping((0..<30).map { $0 % 6 })
  private let pair: ResponsePair

  init() throws { pair = try smallPair() }

  private func draws(_ splits: [Split], groups: Grouping?) async throws -> ScoreDraws {
    var fits: [(fit: FittedTransport, data: StandardizedPair)] = []
    for split in splits {
      fits.append((try await fitted(pair, split), try StandardizedPair(pair, split: split)))
    }
    return try await ScoreDraws(
      fits, stimulusCount: 30, groups: groups, count: 40, seed: 7, threads: 1)
  }

  @Test("Groups of one stimulus each are drawn as stimuli are")
  func singles() async throws {
    let (own, grouped) = (
      try await draws([thirds()], groups: nil), try await draws([thirds()], groups: .singles(30))
    )
    for (one, other) in zip(own.draws + own.jackknife, grouped.draws + grouped.jackknife) {
      #expect(largestDifference(one, other) < 1e-12)
    }
  }

  @Test("With one group held out at a time a draw is the mean of their scores, as often as drawn")
  func leaveOneOut() async throws {
    let folds = Split.contiguousFolds(6, of: groups)
    var scores: [Double] = []
    for fold in folds {
      let data = try StandardizedPair(pair, split: fold)
      scores.append(
        Spread(
          try await HeldOutDraws(fitted(pair, fold), on: data, threads: 1).observed
        ).mean)
    }
    let sampling = StimulusSampling(count: 30, seed: 7, groups: groups)
    let result = try await draws(folds, groups: groups)
    for (number, draw) in result.draws.enumerated() {
      let sample = sampling.bootstrapSample(number)
      let counts = (0..<6).map { group in Double(sample.count { $0 == group }) }
      let expected = zip(counts, scores).reduce(0) { $0 + $1.0 * $1.1 } / 6
      #expect(abs(draw[0] - expected) < 1e-12)
    }
    for (left, draw) in result.jackknife.enumerated() {
      let rest = scores.indices.filter { $0 != left }.map { scores[$0] }
      #expect(abs(draw[0] - Spread(rest).mean) < 1e-12)
    }
  }

  @Test("No more permutations are made than whole groups have other orders")
  func permutations() async throws {
    let three = Grouping((0..<30).map { $0 / 10 })
    func refits(_ exchange: StimulusExchange) -> ReplicateFits {
      ReplicateFits(
        pair, splits: Split.contiguousFolds(3, of: three), method: HierarchicalTransport(),
        seed: 1, groups: three, exchange: exchange)
    }
    let whole = refits(.whole(three))
    let replicates = whole.replicates(permutations: 1000, bootstraps: 0)
    #expect(replicates == (0..<5).map { .permutation($0) })
    // With everything moved as a whole, orders of the target are those of the source the other way.
    let values = try await whole.values(of: replicates, threads: 2)
    #expect(Set(values.map { $0[0] }).count == 5)
    #expect(refits(.free).replicates(permutations: 9, bootstraps: 0).count == 9)
  }

  @Test("A split whose held-out groups a sample misses is left out of that sample alone")
  func missedSplits() async throws {
    let folds = Split.contiguousFolds(6, of: groups)
    let refits = ReplicateFits(
      pair, splits: folds, method: HierarchicalTransport(), seed: 3, groups: groups)
    let replicates = (0..<12).map { Replicate.bootstrap($0) }
    let values = try await refits.values(of: replicates, threads: 2)
    #expect(values.allSatisfy { !$0[0].isNaN })
    let sample = StimulusSampling(count: 30, seed: 3, groups: groups).bootstrapSample(0)
    var scores: [Double] = []
    for fold in folds where !Set(fold.heldOut).isDisjoint(with: sample) {
      let data = try StandardizedPair(pair, split: fold, resampling: .sample(sample))
      let fit = try await HierarchicalTransport().fit(data, threads: 1)
      scores.append(
        Spread(try await HeldOutDraws(fit, on: data, threads: 1).observed).mean)
    }
    #expect(scores.count < 6 && abs(values[0][0] - Spread(scores).mean) < 1e-12)
  }
}

@Suite("Folds of whole groups within the training stimuli")
struct GroupedFoldLaws {
  private let groups = Grouping((0..<30).map { $0 / 3 })

  @Test("Folds that choose the outer problem hold whole groups out")
  func outer() throws {
    let split = Split.contiguousFolds(5, of: groups)[1]
    let data = try StandardizedPair(smallPair(), split: split, groups: groups)
    let folds = try OuterTransport(seed: 2).folds(of: data)
    #expect(folds.flatMap(\.split.heldOut).sorted() == split.training)
    for fold in folds {
      let sides = fold.split.ofGroups(groups)
      #expect(Set(sides.training).isDisjoint(with: sides.heldOut))
    }
  }

  @Test("Too few groups for the folds are refused with their number")
  func tooFew() throws {
    let halves = Grouping((0..<30).map { $0 / 15 })
    let data = try StandardizedPair(smallPair(), split: thirds(), groups: halves)
    #expect(throws: AlignmentError.tooFewGroupsForFolds(split: "split_1", groups: 2, folds: 3)) {
      try OuterTransport(seed: 2).folds(of: data)
    }
  }

  @Test("The measure ridge holds out whole groups, also of a bootstrap sample")
  func ridge() throws {
    let stage = try smallPair().source.stages[0]
    let ridge = try RidgePredictivity(seed: 1, groups: groups)
    let sample = StimulusSampling(count: 30, seed: 2, groups: groups).bootstrapSample(0)
    for rows in [Array(0..<30), sample] {
      let prepared = try ridge.prepare(stage, rows: rows)
      #expect(prepared.folds.flatMap { $0 }.sorted() == Array(rows.indices))
      let seen = prepared.folds.map { fold in Set(fold.map { groups.numbers[rows[$0]] }) }
      #expect(seen.reduce(0) { $0 + $1.count } == Set(rows.map { groups.numbers[$0] }).count)
    }
    // Positions keep their folds when the target's stimuli are exchanged.
    let prepared = try ridge.prepare(stage, rows: Array(0..<30))
    let shifted = ridge.reordering(prepared, by: (0..<30).map { ($0 + 1) % 30 })
    #expect(shifted?.folds == prepared.folds)
    let few = try RidgePredictivity(seed: 1, groups: Grouping((0..<30).map { $0 / 8 }))
    #expect(throws: AlignmentError.tooFewGroups(measure: "ridge", needed: 5, found: 4)) {
      try few.prepare(stage, rows: Array(0..<30))
    }
  }

  @Test("The control ridge chooses its penalty by folds of whole groups")
  func control() async throws {
    let split = Split.contiguousFolds(5, of: groups)[2]
    func score(_ groups: Grouping?) async throws -> [Double] {
      let data = try StandardizedPair(smallPair(), split: split, groups: groups)
      let fit = try await HierarchicalTransport().fit(data, threads: 1)
      return try await SplitAlignment(
        fit, on: data, controls: [ConcatenatedRidge(seed: 3)], threads: 1
      ).scores[0].stageScores
    }
    let free = try await score(nil)
    #expect(try await score(.singles(30)) == free)
    #expect(try await score(groups) != free)
  }
}
