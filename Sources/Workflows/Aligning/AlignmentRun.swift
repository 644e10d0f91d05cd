internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmTransport
internal import ChiasmResponses
internal import ChiasmStatistics

/// The use case `align`: two response sets in, an alignment out.
public struct AlignmentRun: Sendable {
  /// How far a run is, for a progress line.
  public struct Progress: Equatable, Sendable {
    /// Unit plans found: one for each split and pair of stages, and one more for each fold.
    public let plansDone: Int
    /// Unit plans in all.
    public let planCount: Int
  }

  /// What is to be aligned and how.
  public let settings: AlignmentSettings
  /// What the user should know before the work starts: guesses that were made while reading.
  public let notes: [String]
  private let pair: ResponsePair
  let splits: [Split]
  private let recording: RecordedUnits?
  /// For each source stage the ceilings of its units; nil when none were asked for.
  private let ceilings: [[Double]]?
  /// The same of the target; nil also when not every stage has them.
  private let targetCeilings: [[Double]]?
  private let sourceWeights: [Double]?
  let files: [String]

  /// Reads both sets, joins them and makes the splits, so that bad input fails before any work.
  public init(_ settings: AlignmentSettings) throws(WorkflowError) {
    do {
      try Self.check(settings)
      let subsample = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)
      let source = try StoredResponseSet(
        path: settings.source, stages: settings.sourceStages,
        noiseCeilings: settings.ceilingFloor != nil || settings.outer.stageWeights == .reliability
          ? .required : .skipped, drawing: subsample, from: 0)
      let target = try StoredResponseSet(
        path: settings.target, stages: settings.targetStages,
        noiseCeilings: settings.ceilingFloor == nil ? .skipped : .whereGiven,
        drawing: subsample, from: source.responses.stages.count)
      try Self.check(source)
      let pair = try ResponsePair(
        joining: source, target, minimumCommon: 2 * StandardizedPair.leastCount)
      splits = try Self.splits(settings, pair: pair, source, target)
      sourceWeights = try settings.outer.weights(of: source, unitLimit: settings.maximumUnits)
      for split in splits {
        try StandardizedPair.check(split)
        try settings.outer.transport(seed: settings.seed, sourceWeights: nil).check(
          trainingCount: split.training.count, split: split.name)
      }
      self.pair = pair
      self.settings = settings
      // The sets themselves are let go: the pair holds what is needed of their responses.
      recording = source.recording
      ceilings = settings.ceilingFloor == nil ? nil : source.noiseCeilings.compactMap { $0 }
      targetCeilings = Self.targetCeilings(target)
      files = source.files + target.files + [settings.splitsFile].compactMap { $0 }
      notes =
        source.notes + target.notes + Self.notes(on: pair) + Self.notes(onFew: pair, splits)
        + Self.notes(settings, pair)
        + (try Self.notes(on: ceilings, settings, pair))
        + Self.notes(onTarget: target.noiseCeilings, settings, pair)
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Fits and judges every split.
  ///
  /// - Parameters:
  ///   - command: the command line, for the record.
  ///   - threads: how many pairs of stages are solved at once; it changes no number.
  ///   - journal: where replicates are kept as they are done; nil keeps none.
  ///   - progress: called whenever a unit plan is found, on any thread.
  ///   - replicateProgress: called whenever a replicate is done.
  public func run(
    command: String, threads: Int, journal: String? = nil,
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    replicateProgress: @escaping (ReplicateProgress) -> Void = { _ in }
  ) async throws(WorkflowError) -> AlignmentResult {
    do {
      setProductThreadCount(1)
      let provenance = try Provenance(
        command: command, seed: settings.seed, inputs: files, notes: notes)
      let refits = ReplicateFits(pair, splits: splits, method: method, seed: settings.seed)
      let replicates = try ReplicateWork(
        refits, settings, journal: journal,
        owner: journalOwner(provenance, statistics: refits.statistics))
      let data = try await standardize(threads: threads)
      let planCount =
        method.outer.fitsPerSplit * data.count * pair.source.stages.count * pair.target.stages.count
      let fits = try await method.fit(data, threads: threads) { plansDone in
        progress(Progress(plansDone: plansDone, planCount: planCount))
      }
      let ceilings = usedCeilings
      var done: [SplitAlignment] = []
      for (fit, data) in zip(fits, data) {
        done.append(
          try await SplitAlignment(
            fit, on: data, controls: controls, targetCeilings: ceilings?.targetCeilingsInUse,
            threads: threads))
      }
      let scoreDraws = try await ScoreDraws(
        Array(zip(fits, data)), stimulusCount: pair.stimulusIDs.count,
        count: settings.scoreDrawCount, seed: settings.seed, threads: threads)
      let randomMaps = try await RandomMaps(
        fits, method: method, limit: settings.layerPermutationCount, seed: settings.seed,
        threads: threads)
      let values = try await replicates.values(threads: threads, progress: replicateProgress)
      let evidence = AlignmentEvidence(
        done, orders: layerOrders, replicates: replicates.list, values: values,
        scoreDraws: scoreDraws, randomMaps: randomMaps)
      return result(done, evidence, provenance)
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension AlignmentRun {
  private var controls: [any Control] {
    settings.chosenControls.map { $0.control(settings) }
      + (layerOrders.orders.isEmpty ? [] : [PermutedLayers(layerOrders)])
  }

  private var layerOrders: LayerOrders {
    LayerOrders(
      targetCount: pair.target.stages.count, limit: settings.layerPermutationCount,
      seed: settings.seed)
  }

  var method: HierarchicalTransport {
    let outer = settings.outer.transport(seed: settings.seed, sourceWeights: sourceWeights)
    return switch settings.solver {
    case .exact: HierarchicalTransport(outer: outer, innerMass: settings.innerMass)
    case .sinkhorn:
      HierarchicalTransport(innerSolver: Sinkhorn(), tolerance: nil, outer: outer)
    }
  }

  private func standardize(threads: Int) async throws -> [StandardizedPair] {
    try await concurrentMap(count: splits.count, threads: threads) {
      try StandardizedPair(pair, split: splits[$0])
    }
  }

  private var usedCeilings: AlignmentCeilings? {
    guard let ceilings, let floor = settings.ceilingFloor else { return nil }
    return AlignmentCeilings(
      ceilings, target: targetCeilings, floor: floor,
      units: (
        pair.source.stages.map(\.unitNumbers), pair.target.stages.map(\.unitNumbers)
      ))
  }

  /// Nil unless every stage has ceilings, for a stage without them would count as free of noise.
  private static func targetCeilings(_ target: StoredResponseSet) -> [[Double]]? {
    let ceilings = target.noiseCeilings.compactMap { $0 }
    return ceilings.count == target.noiseCeilings.count ? ceilings : nil
  }

  private func result(
    _ done: [SplitAlignment], _ evidence: AlignmentEvidence, _ provenance: Provenance
  ) -> AlignmentResult {
    AlignmentResult(
      settings: settings, overlap: pair.overlap, splits: done,
      summary: CouplingSummary(done.map(\.fit)), evidence: evidence, recording: recording,
      ceilings: usedCeilings,
      sourceUnitNumbers: pair.source.stages.map(\.unitNumbers),
      targetUnitNumbers: pair.target.stages.map(\.unitNumbers),
      fileUnitCounts: (
        pair.source.stages.map(\.fileUnitCount), pair.target.stages.map(\.fileUnitCount)
      ),
      averagedRepeats: (pair.source.averagedRepeatCount, pair.target.averagedRepeatCount),
      provenance: provenance)
  }

  private static func splits(
    _ settings: AlignmentSettings, pair: ResponsePair, _ source: StoredResponseSet,
    _ target: StoredResponseSet
  ) throws -> [Split] {
    guard let file = settings.splitsFile else {
      return Split.random(
        count: settings.splitCount, stimulusCount: pair.stimulusIDs.count,
        trainingFraction: settings.trainingFraction, seed: settings.seed,
        leastHeldOut: StandardizedPair.leastCount)
    }
    let known = Set(source.responses.stimulusIDs).union(target.responses.stimulusIDs)
    return try SplitTable.read(file, for: pair, known: known)
  }
}
