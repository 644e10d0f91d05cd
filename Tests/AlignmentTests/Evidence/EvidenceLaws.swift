@testable import ChiasmAlignment
import ChiasmLinearAlgebra
import ChiasmResponses
import ChiasmStatistics
import Testing

@Suite("Laws: nulls and intervals")
struct EvidenceLaws {
  private let pair: ResponsePair
  private let splits = (0..<3).map { fold in
    Split(
      name: "fold \(fold)", training: (0..<30).filter { $0 % 3 != fold },
      heldOut: (0..<30).filter { $0 % 3 == fold })
  }

  init() throws { pair = try smallPair() }

  private func evidence(
    _ pair: ResponsePair, permutations: Int = 0, bootstraps: Int = 0, threads: Int = 2
  ) async throws -> AlignmentEvidence {
    let orders = LayerOrders(targetCount: 4, limit: 24, seed: 1)
    let data = try splits.map { try StandardizedPair(pair, split: $0) }
    let fits = try await HierarchicalTransport().fit(data, threads: threads)
    var done: [SplitAlignment] = []
    for (fit, data) in zip(fits, data) {
      done.append(
        try await SplitAlignment(
          fit, on: data, controls: [CoupledStages(), PermutedLayers(orders)], threads: threads))
    }
    let refits = ReplicateFits(pair, splits: splits, method: HierarchicalTransport(), seed: 7)
    let replicates = refits.replicates(permutations: permutations, bootstraps: bootstraps)
    return AlignmentEvidence(
      done, orders: orders, replicates: replicates,
      values: try await refits.values(of: replicates, threads: threads),
      scoreDraws: try await ScoreDraws(
        Array(zip(fits, data)), stimulusCount: 30, count: 50, seed: 7, threads: threads))
  }

  @Test("A draw that takes every held-out stimulus once gives the score of HOT")
  func unweighted() async throws {
    let done = try await align(pair)
    let data = try StandardizedPair(pair, split: thirds())
    let draws = try await HeldOutDraws(done.fit, on: data, threads: 2)
    #expect(largestDifference(draws.observed, done.scores[0].stageScores) < 1e-12)
  }

  @Test("A draw that takes stimuli more than once scores as if they stood there so often")
  func weighted() async throws {
    let fit = try await fitted(pair)
    let data = try StandardizedPair(pair, split: thirds())
    let counts = [2, 0, 1, 3, 1, 0, 1, 2, 0, 1]
    let drawn = zip(thirds().heldOut, counts).flatMap { repeatElement($0, count: $1) }
    let draws = try await HeldOutDraws(
      fit, on: data,
      weights: Matrix(rowCount: 1, columnCount: 10, elements: counts.map(Double.init)),
      threads: 1)
    let sample = thirds().training + drawn
    let copies = try StandardizedPair(pair, split: thirds(), resampling: .sample(sample))
    let expected = try await HeldOutDraws(fit, on: copies, threads: 1)
    #expect(largestDifference(draws.observed, expected.observed) < 1e-10)
  }

  private func scoreDraws(_ splits: [Split]) async throws -> [[Double]] {
    var fits: [(fit: FittedTransport, data: StandardizedPair)] = []
    for split in splits {
      fits.append((try await fitted(pair, split), try StandardizedPair(pair, split: split)))
    }
    return try await ScoreDraws(fits, stimulusCount: 30, count: 50, seed: 7, threads: 1).draws
  }

  @Test("Draws of one split vary √(m / (m − 1)) times as much as those of its m held-out stimuli")
  func spreadOfOneSplit() async throws {
    let resampling = StimulusSampling(count: 30, seed: 7)
    for split in [splits[0], Split(name: "few", training: Array(0..<24), heldOut: Array(24..<30))] {
      let samples = (0..<50).map { resampling.bootstrapSample($0) }
      let plain = try await HeldOutDraws(
        fitted(pair, split), on: StandardizedPair(pair, split: split),
        weights: Matrix(
          rowCount: 50, columnCount: split.heldOut.count,
          elements: samples.flatMap { sample in
            split.heldOut.map { stimulus in Double(sample.count { $0 == stimulus }) }
          }), threads: 1
      ).stageScores
      let draws = try await scoreDraws([split])
      let count = Double(split.heldOut.count)
      for stage in pair.source.stages.indices {
        let (own, its) = (Spread(draws.map { $0[1 + stage] }), Spread(plain.map { $0[stage] }))
        #expect(abs(own.mean - its.mean) < 1e-12)
        #expect(abs(own.deviation / its.deviation - (count / (count - 1)).squareRoot()) < 1e-9)
      }
      let (own, its) = (Spread(draws.map { $0[0] }), Spread(plain.map { Spread($0).mean }))
      #expect(abs(own.deviation / its.deviation - (count / (count - 1)).squareRoot()) < 1e-9)
    }
  }

  @Test("Draws of the mean over splits vary as far as the errors of the splits go together")
  func spreadOfDraws() async throws {
    let all = try await scoreDraws(splits)
    var single: [[[Double]]] = []
    for split in splits { single.append(try await scoreDraws([split])) }
    for place in all[0].indices {
      let mean = Spread(all.map { $0[place] })
      let plain = all.indices.map { draw in Spread(single.map { $0[draw][place] }).mean }
      // Of one split the draws vary by √(10 / 9) more than those of its ten held-out stimuli.
      let deviations = single.map { draws in Spread(draws.map { $0[place] }).deviation }
      var variance = 0.0
      for (one, own) in zip(splits, deviations) {
        for (other, its) in zip(splits, deviations) {
          variance += one.errorCorrelation(with: other) * own * its / 9
        }
      }
      #expect(abs(mean.mean - Spread(plain).mean) < 1e-12)
      #expect(abs(mean.deviation - max(variance.squareRoot(), Spread(plain).deviation)) < 1e-12)
      let order = plain.indices.sorted { plain[$0] < plain[$1] }
      #expect(order == all.indices.sorted { all[$0][place] < all[$1][place] })
    }
  }

  @Test("The system that is aligned with itself is beyond every permutation")
  func related() async throws {
    let set = pair.target
    let own = try ResponsePair(source: set, target: set)
    let tests = try await evidence(own, permutations: 19).tests
    for statistic in [AlignmentStatistic.score, .cost] {
      let test = try #require(
        tests.first { $0.null == .stimulusPermutation && $0.statistic == statistic })
      #expect(test.pValue == 1.0 / 20)
      #expect(statistic == .cost ? test.effect < -3 : test.effect > 3)
    }
    let layers = try #require(
      tests.first { $0.null == .layerPermutation && $0.statistic == .spearman })
    #expect(abs(layers.observed - 1) < 1e-12)
    #expect(layers.pValue == 1.0 / 24)
  }

  @Test("Other orders of the target's stages have no p-value without permuted stimuli beside them")
  func ordersAlone() async throws {
    let alone = try await evidence(pair, permutations: 0).tests.filter {
      $0.null == .layerPermutation
    }
    #expect(!alone.isEmpty && alone.allSatisfy { $0.pValue.isNaN && $0.effect.isNaN })
    #expect(alone.contains { $0.distribution.draws.count == 23 })
    let beside = try await evidence(pair, permutations: 3).tests.filter {
      $0.null == .layerPermutation
    }
    #expect(beside.contains { !$0.pValue.isNaN })
  }

  @Test(
    "A corrected p compares with the best of its kind in every draw, and is never below the raw one"
  )
  func corrected() async throws {
    let evidence = try await evidence(pair, permutations: 19)
    let tests = evidence.tests.filter { $0.null == .stimulusPermutation }
    let costs = evidence.observed.list.indices.filter {
      if case .pairCost = evidence.observed.list[$0] { true } else { false }
    }
    let least = evidence.permutations.compactMap { draw in costs.map { draw[$0] }.min() }
    let shares = tests.filter { $0.statistic.name == "share" }
    let greatest = (0..<19).compactMap { draw in shares.map { $0.distribution.draws[draw] }.max() }
    for test in tests {
      switch test.statistic {
      case .pairCost:
        let count = least.count { $0 <= test.observed }
        #expect(test.correctedPValue == Double(1 + count) / 20)
      case .share:
        let count = greatest.count { $0 >= test.observed - 1e-12 }
        #expect(test.correctedPValue == Double(1 + count) / 20)
      case .stageScore: break
      default:
        #expect(test.correctedPValue.isNaN)
        continue
      }
      #expect(test.correctedPValue >= test.pValue)
    }
    #expect(Set(tests.map(\.pValue)).count > 2)
  }

  @Test("Neither threads nor the number of replicates change a replicate")
  func determinism() async throws {
    let one = try await evidence(pair, permutations: 3, bootstraps: 4, threads: 1)
    let two = try await evidence(pair, permutations: 5, bootstraps: 6, threads: 3)
    #expect(one.permutations == Array(two.permutations.prefix(3)))
    #expect(Set(one.permutations.map { $0[0] }).count == 3)
    #expect(largestDifference(one.bootstraps[3], two.bootstraps[3]) == 0)
    #expect(one.scoreDraws == two.scoreDraws)
  }

  @Test("Intervals hold their estimates in order, and shares of a stage sum to 1 in every sample")
  func intervals() async throws {
    let evidence = try await evidence(pair, bootstraps: 20)
    let methods = evidence.intervals.map(\.method)
    #expect(methods.count { $0 == .fixedFits } == 4)
    #expect(evidence.jackknife.count == ReplicateFits.groupCount)
    #expect(!evidence.intervals.contains { $0.statistic == .cost })
    for interval in evidence.intervals {
      let percentile = interval.interval.percentile
      #expect(percentile.lower <= percentile.upper, "\(interval.statistic)")
    }
    let shares = evidence.observed.list.indices.filter {
      if case .share(0, _) = evidence.observed.list[$0] { true } else { false }
    }
    for values in evidence.bootstraps where !values[0].isNaN {
      #expect(abs(shares.reduce(0) { $0 + values[$1] } - 1) < 1e-9)
    }
    let frequencies = (0..<4).map { evidence.supportFrequency(source: 0, target: $0) }
    #expect(frequencies.allSatisfy { (0...1).contains($0) } && frequencies.reduce(0, +) >= 1)
  }

  @Test("All orders of few stages, and a drawn number of many")
  func orders() {
    let few = LayerOrders(targetCount: 3, limit: 6, seed: 0)
    #expect(few.isComplete && few.orders.count == 5 && Set(few.orders).count == 5)
    let many = LayerOrders(targetCount: 4, limit: 10, seed: 0)
    #expect(!many.isComplete && many.orders.count == 10)
    #expect(!LayerOrders(targetCount: 4, limit: 20, seed: 5).orders.contains([0, 1, 2, 3]))
    #expect(LayerOrders(targetCount: 1, limit: 10, seed: 0).orders.isEmpty)
    #expect(LayerOrders(targetCount: 9, limit: 0, seed: 0).orders.isEmpty)
  }
}
