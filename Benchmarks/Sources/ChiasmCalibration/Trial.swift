import Chiasm

/// One simulated data set, aligned.
struct Trial {
  let data: SimulatedPair
  let splits: [Split]
  let fits: [FittedTransport]
  let standardized: [StandardizedPair]
  let seed: UInt64

  /// How stimuli are held out.
  enum Division: Sendable {
    /// A fifth at random, so many times.
    case random(Int)
    /// Each fifth once.
    case fifths

    func splits(stimulusCount: Int, seed: UInt64) -> [Split] {
      switch self {
      case .random(let count):
        Split.random(
          count: count, stimulusCount: stimulusCount, trainingFraction: 0.8, seed: seed)
      case .fifths:
        (0..<5).map { fold in
          Split(
            name: "fold_\(fold + 1)", training: (0..<stimulusCount).filter { $0 % 5 != fold },
            heldOut: (0..<stimulusCount).filter { $0 % 5 == fold })
        }
      }
    }
  }

  init(stimulusCount: Int, division: Division, isRelated: Bool, seed: UInt64) async throws {
    self.seed = seed
    data = try SimulatedPair(stimulusCount: stimulusCount, isRelated: isRelated, seed: seed)
    splits = division.splits(stimulusCount: stimulusCount, seed: seed)
    let pair = data.pair
    standardized = try splits.map { try StandardizedPair(pair, split: $0) }
    fits = try await HierarchicalTransport().fit(standardized, threads: 1)
  }

  /// The evidence from so many refits.
  func evidence(permutations: Int = 0, bootstraps: Int = 0) async throws -> AlignmentEvidence {
    let refits = ReplicateFits(
      data.pair, splits: splits, method: HierarchicalTransport(), seed: seed)
    let replicates = refits.replicates(permutations: permutations, bootstraps: bootstraps)
    var done: [SplitAlignment] = []
    for (fit, standardized) in zip(fits, standardized) {
      done.append(
        try await SplitAlignment(fit, on: standardized, controls: [CoupledStages()], threads: 1))
    }
    return AlignmentEvidence(
      done, orders: LayerOrders(targetCount: data.pair.target.stages.count, limit: 0, seed: seed),
      replicates: replicates, values: try await refits.values(of: replicates, threads: 1),
      scoreDraws: try await ScoreDraws(
        Array(zip(fits, standardized)), stimulusCount: data.pair.stimulusIDs.count, count: 1000,
        seed: seed, threads: 1))
  }

  /// The true score of these fits, then that of each source stage: mean over splits.
  var truth: [Double] {
    let scores = fits.map { data.trueScores($0) }.map { [Spread($0).mean] + $0 }
    return scores[0].indices.map { place in Spread(scores.map { $0[place] }).mean }
  }
}
