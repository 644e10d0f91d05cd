public import ChiasmResults
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
  private let averagedRepeats: (source: Int, target: Int)
  let files: [String]

  /// Reads both sets, joins them and makes the splits, so that bad input fails before any work.
  public init(_ settings: AlignmentSettings) throws(WorkflowError) {
    do {
      try Self.check(settings)
      let source = try StoredResponseSet(
        path: settings.source, stages: settings.sourceStages,
        noiseCeilings: settings.ceilingFloor != nil || settings.outer.stageWeights == .reliability
          ? .required : .skipped)
      let target = try StoredResponseSet(
        path: settings.target, stages: settings.targetStages,
        noiseCeilings: settings.ceilingFloor == nil ? .skipped : .whereGiven)
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
      averagedRepeats = (source.averagedRepeatCount, target.averagedRepeatCount)
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
  ) async throws(WorkflowError) -> FinishedAlignment {
    do {
      setProductThreadCount(1)
      let provenance = try Provenance(
        command: command, seed: settings.seed, inputs: files, notes: notes)
      let drawn = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)(pair)
      let refits = ReplicateFits(drawn, splits: splits, method: method, seed: settings.seed)
      let replicates = try ReplicateWork(
        refits, settings, journal: journal,
        owner: try journalOwner(provenance, statistics: refits.statistics))
      let data = try await standardize(drawn, threads: threads)
      let planCount =
        method.outer.fitsPerSplit * data.count * pair.source.stages.count * pair.target.stages.count
      let fits = try await method.fit(data, threads: threads) { plansDone in
        progress(Progress(plansDone: plansDone, planCount: planCount))
      }
      let ceilings = ceilings(of: drawn)
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
      return result(done, evidence, drawn: drawn, provenance)
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

  private func standardize(_ pair: ResponsePair, threads: Int) async throws -> [StandardizedPair] {
    try await concurrentMap(count: splits.count, threads: threads) {
      try StandardizedPair(pair, split: splits[$0])
    }
  }

  private func ceilings(of drawn: ResponsePair) -> AlignmentCeilings? {
    guard let ceilings, let floor = settings.ceilingFloor else { return nil }
    return AlignmentCeilings(
      ceilings, target: targetCeilings, floor: floor,
      units: (
        drawn.source.stages.map(\.unitNumbers), drawn.target.stages.map(\.unitNumbers)
      ))
  }

  /// Nil unless every stage has ceilings, for a stage without them would count as free of noise.
  private static func targetCeilings(_ target: StoredResponseSet) -> [[Double]]? {
    let ceilings = target.noiseCeilings.compactMap { $0 }
    return ceilings.count == target.noiseCeilings.count ? ceilings : nil
  }

  private func result(
    _ done: [SplitAlignment], _ evidence: AlignmentEvidence, drawn: ResponsePair,
    _ provenance: Provenance
  ) -> FinishedAlignment {
    let ceilings = ceilings(of: drawn)
    func side(
      _ set: ResponseSet, _ path: String, stimuli: Int, averagedRepeats: Int
    ) -> AlignmentResult.Side {
      AlignmentResult.Side(
        path: path, stages: set.stageNames, units: set.stages.map(\.unitCount), stimuli: stimuli,
        averagedRepeats: averagedRepeats)
    }
    return FinishedAlignment(
      result: AlignmentResult(
        done, evidence: evidence, ceilings: ceilings,
        source: side(
          pair.source, settings.source, stimuli: pair.overlap.sourceCount,
          averagedRepeats: averagedRepeats.source),
        target: side(
          pair.target, settings.target, stimuli: pair.overlap.targetCount,
          averagedRepeats: averagedRepeats.target),
        commonStimuli: pair.overlap.common.count, settings: settings, provenance: provenance),
      splits: done, evidence: evidence, overlap: pair.overlap, recording: recording,
      ceilings: ceilings,
      unitNumbers: (
        drawn.source.stages.map(\.unitNumbers), drawn.target.stages.map(\.unitNumbers)
      ))
  }

  private static func splits(
    _ settings: AlignmentSettings, pair: ResponsePair, _ source: StoredResponseSet,
    _ target: StoredResponseSet
  ) throws -> [Split] {
    guard let file = settings.splitsFile else {
      return Split.random(
        count: settings.splitCount, stimulusCount: pair.stimulusIDs.count,
        trainingFraction: settings.trainingFraction ?? 0.8, seed: settings.seed,
        leastHeldOut: StandardizedPair.leastCount)
    }
    let known = Set(source.responses.stimulusIDs).union(target.responses.stimulusIDs)
    return try SplitTable.read(file, for: pair, known: known)
  }
}
