internal import ChiasmLinearAlgebra
internal import ChiasmStatistics

/// What nulls and resampled stimuli say of an alignment.
public struct AlignmentEvidence: Sendable {
  /// The alignment of the data as they are.
  public let observed: AlignmentStatistics
  /// The statistics under each order of the target's stages: a row an order, of those that
  /// `layerStatistics` names.
  public let layerPermutations: [[Double]]
  /// What the rows of `layerPermutations` hold.
  public let layerStatistics: [AlignmentStatistic]
  /// The statistics of each stimulus permutation, refitted; empty when none was asked for.
  public let permutations: [[Double]]
  /// The statistics of each bootstrap sample, refitted; empty when none was asked for.
  public let bootstraps: [[Double]]
  /// The statistics with each group of stimuli left out, refitted; for `bootstraps`.
  public let jackknife: [[Double]]
  /// The scores under draws of held-out stimuli, the fits kept.
  public let scoreDraws: ScoreDraws
  /// The order statistics when source stages lie at random.
  public let randomMaps: RandomMaps
  /// The statistics when every stage has equally many units, drawn at random.
  public let unitDraws: UnitDraws

  /// Gathers evidence.
  ///
  /// - Parameters:
  ///   - splits: the alignment, with the control `PermutedLayers` of `orders` among its scores.
  ///   - replicates: which refits were made, with their statistics in the same order.
  public init(
    _ splits: [SplitAlignment], orders: LayerOrders, replicates: [Replicate], values: [[Double]],
    scoreDraws: ScoreDraws, randomMaps: RandomMaps = .none, unitDraws: UnitDraws = .none
  ) {
    let hot = splits.map { Self.scores(of: CoupledStages().name, in: $0).first ?? [] }
    observed = AlignmentStatistics(splits.map(\.fit), stageScores: hot)
    let sourceCount = splits[0].fit.source.count
    layerStatistics =
      [.score] + (0..<sourceCount).map { .stageScore(source: $0) }
      + [.spearman, .kendall, .nearDiagonalMass]
    layerPermutations = Self.layerPermutations(splits, orders)
    var (permutations, bootstraps, jackknife) = ([[Double]](), [[Double]](), [[Double]]())
    for (replicate, values) in zip(replicates, values) {
      switch replicate {
      case .permutation: permutations.append(values)
      case .bootstrap: bootstraps.append(values)
      case .jackknife: jackknife.append(values)
      }
    }
    (self.permutations, self.bootstraps, self.jackknife) = (permutations, bootstraps, jackknife)
    self.scoreDraws = scoreDraws
    self.randomMaps = randomMaps
    self.unitDraws = unitDraws
  }

  private static func scores(of method: String, in split: SplitAlignment) -> [[Double]] {
    split.scores.first { $0.method == method }?.draws ?? []
  }

  private static func layerPermutations(
    _ splits: [SplitAlignment], _ orders: LayerOrders
  ) -> [[Double]] {
    let coupling = CouplingSummary(splits.map(\.fit)).coupling
    let draws = splits.map { scores(of: PermutedLayers(orders).name, in: $0) }
    return orders.orders.enumerated().map { number, order in
      let scores = draws.map { [Spread($0[number]).mean] + $0[number] }
      let hierarchy = HierarchyStatistics(coupling: coupling.selectingColumns(order))
      return scores[0].indices.map { place in Spread(scores.map { $0[place] }).mean }
        + [hierarchy.spearman, hierarchy.kendall, hierarchy.nearDiagonalMass]
    }
  }
}

extension AlignmentEvidence {
  /// Every test, of the nulls that were drawn.
  ///
  /// Expected depths are not tested: neither great nor little is evidence. Single stages and pairs also
  /// have a p-value that is corrected for their number.
  ///
  /// Other orders of the target's stages have no p-value without permuted stimuli beside them: where one
  /// signal is common to all stages, half of all pairs that have nothing else in common are below .05.
  public var tests: [NullTest] {
    tests(.stimulusPermutation, permutations, of: observed.list)
      + tests(.layerPermutation, layerPermutations, of: layerStatistics)
      + tests(.randomMaps, randomMaps.draws, of: RandomMaps.statistics)
  }

  /// - Parameter draws: a row a draw, a column a statistic of `statistics`.
  private func tests(
    _ null: NullTest.Null, _ draws: [[Double]], of statistics: [AlignmentStatistic]
  ) -> [NullTest] {
    guard !draws.isEmpty else { return [] }
    var best: [String: [Double]] = [:]
    for family in Set(statistics.compactMap(\.family)) {
      let places = statistics.indices.filter { statistics[$0].family == family }
      let isLowerBetter = statistics[places[0]].isLowerBetter
      best[family] = draws.map { draw in
        let defined = places.map { draw[$0] }.filter { !$0.isNaN }
        return (isLowerBetter ? defined.min() : defined.max()) ?? .nan
      }
    }
    return statistics.enumerated().compactMap { place, statistic in
      switch statistic {
      case .expectedDepth, .support: nil
      default:
        NullTest(
          null, statistic, observed: observed[statistic], draws: draws.map { $0[place] },
          best: statistic.family.flatMap { best[$0] },
          isEvidence: null != .layerPermutation || !permutations.isEmpty)
      }
    }
  }

  /// Every interval.
  ///
  /// Costs have none: a sample with repeated stimuli is matched at a lower cost than the data.
  public var intervals: [IntervalEstimate] {
    let scores = layerStatistics.prefix(scoreDraws.draws.first?.count ?? 0)
    let fixed = scores.enumerated().map { place, statistic in
      IntervalEstimate(
        .fixedFits, statistic, estimate: observed[statistic],
        draws: scoreDraws.draws.map { $0[place] },
        jackknife: scoreDraws.jackknife.map { $0[place] })
    }
    return fixed + refitted
  }

  private var refitted: [IntervalEstimate] {
    guard !bootstraps.isEmpty else { return [] }
    return observed.list.enumerated().compactMap { place, statistic in
      switch statistic {
      case .cost, .pairCost, .support: nil
      default:
        IntervalEstimate(
          .refits, statistic, estimate: observed.values[place],
          draws: bootstraps.map { $0[place] }, jackknife: jackknife.map { $0[place] })
      }
    }
  }

  /// How often a pair is in the support of the coupling, over all bootstrap samples and splits; NaN
  /// without any.
  public func supportFrequency(source: Int, target: Int) -> Double {
    let support = AlignmentStatistic.support(source: source, target: target)
    guard let place = observed.list.firstIndex(of: support) else { return .nan }
    return Spread(bootstraps.map { $0[place] }.filter { !$0.isNaN }).mean
  }
}
