internal import ChiasmLinearAlgebra
public import ChiasmResponses
public import ChiasmStatistics

/// Refits an alignment to resampled data: every split anew, unit plans and coupling.
///
/// Replicates run beside each other, each on one thread, so that memory is that of the pairs of stages
/// in flight and of the plans of as many alignments as there are threads. A replicate depends on its
/// kind, its number and the seed alone; no result depends on threads.
///
/// Where stimuli belong together, samples draw whole groups of them, and a split of which a sample has
/// fewer than three stimuli on one side is left out of that replicate.
public struct ReplicateFits: Sendable {
  /// The groups of stimuli that the jackknife leaves out one by one, where there are as many stimuli.
  public static let groupCount = 20

  /// What the values of a replicate are, in their order.
  public let statistics: [AlignmentStatistic]

  private let pair: ResponsePair
  private let splits: [Split]
  private let method: HierarchicalTransport
  private let resampling: StimulusSampling
  private let jackknife: [[Int]]

  /// Prepares replicates of the alignment of `pair` over `splits`.
  ///
  /// - Parameters:
  ///   - groups: what belongs together among the stimuli; nil where they are independent of each other.
  ///   - exchange: the orders of stimuli that permutations take.
  public init(
    _ pair: ResponsePair, splits: [Split], method: HierarchicalTransport, seed: UInt64,
    groups: Grouping? = nil, exchange: StimulusExchange = .free
  ) {
    self.pair = pair
    self.splits = splits
    self.method = method
    resampling = StimulusSampling(
      count: pair.stimulusIDs.count, seed: seed, groups: groups, exchange: exchange)
    jackknife = resampling.jackknifeSamples(Self.groupCount)
    statistics = AlignmentStatistic.all(
      sourceCount: pair.source.stages.count, targetCount: pair.target.stages.count)
  }

  /// The replicates that so many permutations and bootstrap samples ask for, in order; no more
  /// permutations than there are.
  public func replicates(permutations: Int, bootstraps: Int) -> [Replicate] {
    (0..<resampling.permutationCount(permutations)).map { .permutation($0) }
      + (0..<bootstraps).map { .bootstrap($0) }
      + (bootstraps > 0 ? jackknife.indices.map { .jackknife($0) } : [])
  }

  /// The statistics of the replicates given, in their order.
  ///
  /// Values are NaN where the alignment does not exist: when a sample leaves a split with fewer than
  /// three different stimuli on one side, or a stage without a unit that varies.
  ///
  /// - Parameter done: told of every replicate as it is done, by one thread at a time.
  /// - Throws: `AlignmentError`, and what `done` throws.
  public func values(
    of replicates: [Replicate], threads: Int,
    done: (_ replicate: Replicate, _ values: [Double]) throws -> Void = { _, _ in }
  ) async throws -> [[Double]] {
    try await concurrentMap(
      count: replicates.count, threads: max(threads, 1), done: { try done(replicates[$0], $1) }
    ) { try await values(of: replicates[$0]) }
  }

  private func values(of replicate: Replicate) async throws -> [Double] {
    try await values { () throws(AlignmentError) in try data(of: replicate) }
  }

  /// The statistics of the data as they are, on one thread.
  func valuesAsTheyAre() async throws -> [Double] {
    try await values { () throws(AlignmentError) in
      try splits.map { split throws(AlignmentError) in try StandardizedPair(pair, split: split) }
    }
  }

  private func values(
    _ data: () throws(AlignmentError) -> [StandardizedPair]
  ) async throws -> [Double] {
    do {
      let resampled = try data()
      let fits = try await method.fit(resampled, threads: 1)
      var scores: [[Double]] = []
      for (fit, data) in zip(fits, resampled) {
        scores.append(try await HeldOutDraws(fit, on: data, threads: 1).observed)
      }
      return AlignmentStatistics(fits, stageScores: scores).values
    } catch AlignmentError.splitTooSmall, AlignmentError.noVaryingUnits,
      AlignmentError.tooFewForFolds, AlignmentError.tooFewGroupsForFolds
    {
      return statistics.map { _ in .nan }
    }
  }

  private func data(of replicate: Replicate) throws(AlignmentError) -> [StandardizedPair] {
    let rows: Resampling =
      switch replicate {
      case .permutation(let number): .permutation(resampling.permutation(number))
      case .bootstrap(let number): .sample(resampling.bootstrapSample(number))
      case .jackknife(let number): .sample(jackknife[number])
      }
    var (data, refusal) = ([StandardizedPair](), AlignmentError?.none)
    for split in splits {
      do {
        data.append(
          try StandardizedPair(pair, split: split, resampling: rows, groups: resampling.groups))
      } catch {
        guard case .splitTooSmall = error, resampling.groups != nil else { throw error }
        refusal = error
      }
    }
    if let refusal, data.isEmpty { throw refusal }
    return data
  }
}

/// One resampled data set; which one it is depends on the seed and its number only.
public enum Replicate: Hashable, Sendable {
  /// The target's stimuli in random order.
  case permutation(Int)
  /// Stimuli drawn with replacement, as many as there are.
  case bootstrap(Int)
  /// All stimuli but those of one group, for the acceleration of BCa intervals.
  case jackknife(Int)
}
