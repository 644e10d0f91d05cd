internal import ChiasmImaging
internal import ChiasmAlignment
internal import ChiasmFiles
public import ChiasmResults
internal import ChiasmLinearAlgebra
internal import ChiasmTransport
public import ChiasmResponses
internal import ChiasmStatistics

/// The use case `align`: two systems in, an alignment out.
public struct AlignmentRun: Sendable {
  /// How far a run is, for a progress line.
  public struct Progress: Equatable, Sendable {
    /// Unit plans found: one for each split and pair of stages, and one more for each fold.
    public let plansDone: Int
    /// Unit plans in all.
    public let planCount: Int
  }

  /// How far the replicates are, for a progress line.
  public struct ReplicateProgress: Equatable, Sendable {
    /// Replicates done, by this run and by earlier ones that it goes on with.
    public let done: Int
    /// Replicates that earlier runs had done.
    public let doneBefore: Int
    /// Replicates in all: permutations, bootstrap samples and what these need for their intervals.
    public let count: Int
    /// How far the kind is that is worked on, in the words of the options: `12 of 1000 permutations`.
    public let words: String
  }

  /// How it is aligned.
  public let settings: AlignmentSettings
  /// What the user should know before the work starts.
  public let notes: [String]
  /// The input with the units that are drawn.
  private let input: AlignmentInput
  private let splits: [Split]
  private let dependence: StimulusDependence
  private let sourceWeights: [Double]?
  private var pair: ResponsePair { input.pair }

  /// Takes two systems as values, without noise ceilings, places or splits of their own.
  ///
  /// - Throws: as for an `AlignmentInput`.
  public init(_ pair: ResponsePair, _ settings: AlignmentSettings) throws(WorkflowError) {
    try self.init(AlignmentInput(pair), settings)
  }

  /// Draws the units and makes the splits, so that what cannot be aligned fails before any work.
  ///
  /// - Throws: for settings out of range, fewer than 6 stimuli, splits that are too small or name
  ///   other stimuli, and ceilings or places that do not fit the units.
  public init(_ input: AlignmentInput, _ settings: AlignmentSettings) throws(WorkflowError) {
    do {
      try Self.check(settings)
      try input.check(settings)
      var input = input
      if settings.unitDrawCount != nil { input.whole = input.whole ?? input.pair }
      input.pair = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)(input.pair)
        .calling(source: settings.sourceRole, target: settings.targetRole)
      let stimulusCount = input.pair.stimulusIDs.count
      dependence = try StimulusDependence(
        settings.dependence, columns: input.stimulusColumns, stimulusCount: stimulusCount,
        permutationCount: settings.permutationCount)
      if let splits = input.splits { try dependence.check(splits) }
      splits =
        try input.splits ?? dependence.splits(settings)
        ?? Self.randomSplits(settings, stimulusCount: stimulusCount)
      sourceWeights = try settings.outer.weights(
        of: input.pair.source.stages, ceilings: input.sourceCeilings,
        unitLimit: settings.maximumUnits)
      for split in splits {
        try StandardizedPair.check(split)
        try settings.outer.transport(seed: settings.seed, sourceWeights: nil).check(
          trainingCount: split.training.count, split: split.name)
      }
      self.input = input
      self.settings = settings.naming(splits: input.splits)
      notes =
        input.notes + Self.notes(on: input.pair) + Self.notes(onFew: input.pair, splits)
        + dependence.notes(hasIntervals: settings.scoreDrawCount + settings.bootstrapCount > 0)
        + Self.notes(onVisibleDependence: input.pair, settings)
        + Self.notes(settings, input.pair) + Self.notes(onProjected: settings)
        + (try Self.notes(onSource: input, settings))
        + Self.notes(onTarget: input, settings)
    } catch {
      throw WorkflowError(error)
    }
  }

  /// The alignment the other way: the target explained by the source, over the same stimuli and splits
  /// and with the same units and settings. Scores are normalised only where all stages of the target
  /// have noise ceilings, and there are maps only where its units have places.
  ///
  /// - Throws: for what only this way cannot be aligned.
  public func reversed() throws(WorkflowError) -> AlignmentRun {
    var (input, settings) = (input.reversed, settings.reversed)
    if settings.ceilingFloor != nil,
      input.sourceCeilings.isEmpty || input.sourceCeilings.contains(nil)
    {
      settings.ceilingFloor = nil
      input.notes.append("No normalised scores, because not all stages have noise ceilings.")
    }
    do {
      return try AlignmentRun(input, settings)
    } catch .setting(let name, let expected, let actual) {
      throw .setting(name: "The other way, \(name)", expected: expected, actual: actual)
    }
  }

  /// Both sides of a split need 3.
  static let leastStimulusCount = 2 * StandardizedPair.leastCount

  /// Fits and judges every split.
  ///
  /// - Parameters:
  ///   - command: the command line, for the record.
  ///   - threads: how many pairs of stages are solved at once; it changes no number.
  ///   - journal: where replicates are kept as they are done; nil keeps none.
  ///   - paths: how the record names files.
  ///   - progress: called whenever a unit plan is found, on any thread.
  ///   - replicateProgress: called whenever a replicate is done.
  public func run(
    command: String, threads: Int, journal: String? = nil, paths: RecordedPaths = .asGiven,
    progress: @escaping @Sendable (Progress) -> Void = { _ in },
    replicateProgress: @escaping (ReplicateProgress) -> Void = { _ in }
  ) async throws(WorkflowError) -> FinishedAlignment {
    do {
      try MachineLimits.own.check(
        pair.source.stages, pair.target.stages, bytesPerUnitPair: method.bytesPerUnitPair,
        threads: threads,
        isRepeated: settings.permutationCount + settings.bootstrapCount > 0)
      setProductThreadCount(1)
      let provenance = try Provenance(
        command: command, seed: settings.seed, inputs: input.files, notes: notes, paths: paths)
      let refits = ReplicateFits(
        pair, splits: splits, method: method, seed: settings.seed, groups: dependence.groups,
        exchange: dependence.exchange)
      var replicates = try ReplicateWork(
        refits.replicates(
          permutations: settings.permutationCount, bootstraps: settings.bootstrapCount),
        valueCount: refits.statistics.count, journal: journal,
        owner: try journalOwner(provenance, statistics: refits.statistics))
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
        Array(zip(fits, data)), stimulusCount: pair.stimulusIDs.count, groups: dependence.groups,
        count: settings.scoreDrawCount, seed: settings.seed, threads: threads)
      let randomMaps = try await RandomMaps(
        fits, method: method, limit: settings.layerPermutationCount, seed: settings.seed,
        threads: threads)
      let unitDraws = try await unitDraws(threads: threads)
      try await carryOut(&replicates, by: refits, threads: threads, progress: replicateProgress)
      let evidence = AlignmentEvidence(
        done, orders: layerOrders, replicates: replicates.list, values: replicates.values,
        scoreDraws: scoreDraws, randomMaps: randomMaps, unitDraws: unitDraws)
      return result(done, evidence, provenance, paths)
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension AlignmentRun {
  private func carryOut(
    _ replicates: inout ReplicateWork<Replicate>, by refits: ReplicateFits, threads: Int,
    progress: (ReplicateProgress) -> Void
  ) async throws {
    var tally = ReplicateTally(replicates)
    let (doneBefore, count) = (tally.done, replicates.list.count)
    func report() {
      progress(.init(done: tally.done, doneBefore: doneBefore, count: count, words: tally.words))
    }
    if doneBefore > 0 { report() }
    try await replicates.carryOut(replicates.list) { missing, done in
      try await refits.values(of: missing, threads: threads) { replicate, values in
        try done(replicate, values)
        tally.add(replicate)
        report()
      }
    }
  }

  private var controls: [any Control] {
    settings.chosenControls.map { $0.control(settings) }
      + (layerOrders.orders.isEmpty ? [] : [PermutedLayers(layerOrders)])
  }

  private var layerOrders: LayerOrders {
    LayerOrders(
      targetCount: pair.target.stages.count, limit: settings.layerPermutationCount,
      seed: settings.seed)
  }

  private var method: HierarchicalTransport {
    let outer = settings.outer.transport(seed: settings.seed, sourceWeights: sourceWeights)
    return switch settings.solver {
    case .exact: HierarchicalTransport(outer: outer, innerMass: settings.innerMass)
    case .sinkhorn:
      HierarchicalTransport(innerSolver: Sinkhorn(), tolerance: nil, outer: outer)
    }
  }

  /// As many units of every stage as `--max-units` says, and as the smallest stage has.
  private func unitDraws(threads: Int) async throws -> UnitDraws {
    guard let count = settings.unitDrawCount, let whole = input.whole else { return .none }
    let smallest = (whole.source.stages + whole.target.stages).map(\.unitCount).min() ?? 1
    return try await UnitDraws(
      whole, splits: splits, method: method, count: count,
      unitCount: min(smallest, settings.maximumUnits ?? .max), seed: settings.seed,
      threads: threads)
  }

  private func standardize(threads: Int) async throws -> [StandardizedPair] {
    try await concurrentMap(count: splits.count, threads: threads) {
      try StandardizedPair(pair, split: splits[$0], groups: dependence.groups)
    }
  }

  private var usedCeilings: AlignmentCeilings? {
    guard let floor = settings.ceilingFloor else { return nil }
    // Nil unless every stage has ceilings, for a stage without them would count as free of noise.
    let target = input.targetCeilings.compactMap { $0 }
    return AlignmentCeilings(
      input.sourceCeilings.compactMap { $0 },
      target: target.count == pair.target.stages.count ? target : nil, floor: floor,
      units: (
        pair.source.stages.map(\.unitNumbers), pair.target.stages.map(\.unitNumbers)
      ))
  }

  private func result(
    _ done: [SplitAlignment], _ evidence: AlignmentEvidence, _ provenance: Provenance,
    _ paths: RecordedPaths
  ) -> FinishedAlignment {
    let (ceilings, overlap) = (usedCeilings, pair.overlap)
    var recorded = settings
    if let file = settings.splitsFile, input.files.contains(file) {
      recorded.splitsFile = paths(file)
    }
    if let file = settings.naming?.mapFile, input.files.contains(file) {
      recorded.naming?.mapFile = paths(file)
    }
    recorded.sourceStimuli = settings.sourceStimuli.map { paths($0) }
    recorded.targetStimuli = settings.targetStimuli.map { paths($0) }
    recorded.dependence?.table = settings.dependence?.table.map { paths($0) }
    return FinishedAlignment(
      result: AlignmentResult(
        done, evidence: evidence, ceilings: ceilings,
        source: AlignmentResult.Side(
          pair.source, path: paths(settings.source), stimuli: overlap.sourceCount),
        target: AlignmentResult.Side(
          pair.target, path: paths(settings.target), stimuli: overlap.targetCount),
        commonStimuli: overlap.common.count, dependence: dependence.result, settings: recorded,
        provenance: provenance),
      splits: done, evidence: evidence, overlap: overlap, recording: input.recording,
      ceilings: ceilings,
      unitNumbers: (
        pair.source.stages.map(\.unitNumbers), pair.target.stages.map(\.unitNumbers)
      ))
  }

  private static func randomSplits(
    _ settings: AlignmentSettings, stimulusCount: Int
  ) -> [Split] {
    Split.random(
      count: settings.splitCount, stimulusCount: stimulusCount,
      trainingFraction: settings.trainingFraction ?? AlignmentSettings.usualTrainingFraction,
      seed: settings.seed,
      leastHeldOut: StandardizedPair.leastCount)
  }

  /// The first line of a journal: everything that the value of a replicate depends on, which are the
  /// settings (`AlignmentSettings.replicateIdentity`), the content of the inputs and the splits.
  func journalOwner(
    _ provenance: Provenance, statistics: [AlignmentStatistic]
  ) throws -> String {
    var parts = [
      try settings.replicateIdentity(), "\(method.outer)", "\(statistics)",
      "\(ReplicateFits.groupCount)",
    ]
    parts +=
      provenance.inputs.isEmpty
      ? pair.source.prints + pair.target.prints : provenance.inputs.map(\.sha256)
    parts += splits.flatMap { [$0.name, "\($0.training)", "\($0.heldOut)"] } + dependence.prints
    return ReplicateWork<Replicate>.owner(of: "replicates 3", parts)
  }
}

extension AlignmentSettings {
  /// The settings that tell of splits of an input which no file gave that they were not drawn.
  fileprivate func naming(splits: [Split]?) -> AlignmentSettings {
    var settings = self
    if splits != nil && splitsFile == nil { settings.splitsFile = "given as values" }
    return settings
  }
}
