internal import LinearAlgebra
internal import Statistics

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

  /// Gathers evidence.
  ///
  /// - Parameters:
  ///   - splits: the alignment, with the control `PermutedLayers` of `orders` among its scores.
  ///   - replicates: which refits were made, with their statistics in the same order.
  public init(
    _ splits: [SplitAlignment], orders: LayerOrders, replicates: [Replicate], values: [[Double]],
    scoreDraws: ScoreDraws
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
  /// Expected depths are not tested: neither great nor little is evidence. p-values of single stages
  /// and pairs are not corrected for their number.
  public var tests: [NullTest] {
    let stimuli = observed.list.enumerated().compactMap { place, statistic -> NullTest? in
      switch statistic {
      case .expectedDepth, .support: nil
      default:
        NullTest(
          .stimulusPermutation, statistic, observed: observed.values[place],
          draws: permutations.map { $0[place] })
      }
    }
    let layers = layerStatistics.enumerated().map { place, statistic in
      NullTest(
        .layerPermutation, statistic, observed: observed[statistic],
        draws: layerPermutations.map { $0[place] })
    }
    return (permutations.isEmpty ? [] : stimuli) + (layerPermutations.isEmpty ? [] : layers)
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
