internal import ChiasmAlignment
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
public import ChiasmResults
public import ChiasmResponses
internal import ChiasmStatistics

/// The use case `compare`: two systems in, the values of measures for all pairs of stages out.
public struct ComparisonRun: Sendable {
  /// How far a run is, for a progress line.
  public struct Progress: Equatable, Sendable {
    /// Tables of all pairs of stages that are filled: one for each measure and draw.
    public let tablesDone: Int
    /// Those that earlier runs had filled, which this one goes on with.
    public let tablesBefore: Int
    /// Tables in all.
    public let tableCount: Int
    /// How long the rest takes, by how long the draws of each measure took so far; nil before each
    /// measure has been at work.
    public let secondsLeft: Double?
  }

  /// How they are compared.
  public let settings: ComparisonSettings
  /// What the user should know before the work starts.
  public let notes: [String]
  private let measures: [any Measure]
  private let dependence: StimulusDependence
  /// The systems with the units that are drawn.
  private let pair: ComparedPair
  private let files: [String]

  /// Takes two systems as values.
  ///
  /// - Throws: as for a `ComparisonInput`.
  public init(_ pair: ResponsePair, _ settings: ComparisonSettings) throws(WorkflowError) {
    try self.init(ComparisonInput(pair), settings)
  }

  /// Draws the units, so that what cannot be compared fails before any work.
  ///
  /// - Throws: for settings out of range, for fewer stimuli than 4 or than a measure needs, and for a
  ///   measure that needs responses where a side has none.
  public init(_ input: ComparisonInput, _ settings: ComparisonSettings) throws(WorkflowError) {
    _ = try Self.measures(settings)
    pair = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)(input.pair)
    guard pair.stimulusIDs.count >= Self.leastStimulusCount else {
      throw .responses(
        path: "source and target",
        .tooFewCommonStimuli(pair.overlap, needed: Self.leastStimulusCount))
    }
    dependence = try StimulusDependence(
      settings.dependence, columns: input.stimulusColumns, stimulusCount: pair.stimulusIDs.count,
      permutationCount: settings.permutationCount)
    measures = try Self.measures(settings, groups: dependence.groups)
    try Self.check(measures, pair)
    try Self.reduction(settings, threads: 1).check(files: input.files)
    self.settings = settings
    files = input.files
    notes =
      input.notes + pair.overlap.notes + Self.notes(on: pair, settings)
      + dependence.notes(hasIntervals: settings.bootstrapCount > 0)
  }

  /// Below it there are too few pairs of stimuli: 4 have 6.
  static let leastStimulusCount = 4

  /// Carries out every measure.
  ///
  /// - Parameters:
  ///   - command: the command line, for the record.
  ///   - threads: how many pairs of stages or draws are worked on at once; it changes no number.
  ///   - journal: where draws are kept as they are done; nil keeps none.
  ///   - paths: how the record names files.
  ///   - progress: called whenever all pairs of the data or of a draw have their values.
  public func run(
    command: String, threads: Int, journal: String? = nil, paths: RecordedPaths = .asGiven,
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws(WorkflowError) -> MeasuresResult {
    do {
      let provenance = try Provenance(
        command: command, seed: settings.seed, inputs: files, notes: notes, paths: paths)
      let measured = try await measured(
        threads: threads, journal: journal, owner: journalOwner(provenance), progress: progress)
      return result(measured, provenance, paths)
    } catch {
      throw WorkflowError(error)
    }
  }

  /// The values of every measure.
  func measured(
    threads: Int, journal: String? = nil, owner: String = "",
    progress: @escaping (Progress) -> Void = { _ in }
  ) async throws -> [MeasuredPairs] {
    try MachineLimits.own.check(
      pair.source.responses?.stages ?? [], pair.target.responses?.stages ?? [],
      bytesPerUnitPair: measures.map(\.bytesPerUnitPair).max() ?? 0, threads: threads,
      isRepeated: settings.permutationCount + settings.bootstrapCount > 0)
    setProductThreadCount(1)
    var work = try ComparisonWork(
      pair, measures, settings, dependence, threads: threads, journal: journal, owner: owner,
      progress: progress)
    return try await work.carryOut(measures)
  }
}

extension ComparisonRun {
  /// The first line of a journal: what the values of a draw depend on. Their measure is named with them.
  private func journalOwner(_ provenance: Provenance) -> String {
    let inputs =
      provenance.inputs.isEmpty
      ? pair.source.prints + pair.target.prints : provenance.inputs.map(\.sha256)
    return ReplicateWork<MeasureDraw>.owner(
      of: "comparison 2",
      inputs + pair.source.stages.map(\.name) + [""] + pair.target.stages.map(\.name)
        + [
          "\(settings.sourceContent)", "\(settings.targetContent)", "\(settings.seed)",
          "\(settings.maximumUnits ?? 0)", "\(settings.naming?.match ?? .exact)",
          "\(settings.pooling ?? Pooling())", "\(settings.projectedUnitCount ?? 0)",
        ] + dependence.prints)
  }

  private func result(
    _ done: [MeasuredPairs], _ provenance: Provenance, _ paths: RecordedPaths
  ) -> MeasuresResult {
    var naming = settings.naming
    if let map = naming?.mapFile, files.contains(map) { naming?.mapFile = paths(map) }
    return MeasuresResult(
      done,
      source: AlignmentResult.Side(
        pair.source, role: settings.sourceRole, path: paths(settings.source),
        stimuli: pair.overlap.sourceCount),
      target: AlignmentResult.Side(
        pair.target, role: settings.targetRole, path: paths(settings.target),
        stimuli: pair.overlap.targetCount),
      commonStimuli: pair.overlap.common.count, dependence: dependence.result,
      settings: MeasuresResult.Settings(
        permutations: settings.permutationCount, bootstrap: settings.bootstrapCount,
        seed: settings.seed, maximumUnits: settings.maximumUnits, naming: naming,
        dependence: settings.dependence.map { dependence in
          var recorded = dependence
          recorded.table = dependence.table.map { paths($0) }
          return recorded
        }, pooling: settings.pooling, projectedUnitCount: settings.projectedUnitCount),
      provenance: provenance)
  }

  /// What becomes of layers while they are read.
  static func reduction(
    _ settings: ComparisonSettings, threads: Int
  ) throws(WorkflowError) -> LayerReduction {
    try LayerReduction(
      settings.pooling, project: settings.projectedUnitCount, seed: settings.seed,
      threads: threads, beside: [settings.maximumUnits])
  }

  /// The measures that are asked for, of settings that make sense.
  static func measures(
    _ settings: ComparisonSettings, groups: Grouping? = nil
  ) throws(WorkflowError) -> [any Measure] {
    let measures = try MeasureCatalogue.measures(
      named: settings.measures, seed: settings.seed, groups: groups)
    if measures.isEmpty {
      throw .setting(name: "The number of measures", expected: "at least 1", actual: "0")
    }
    for (name, count) in [
      ("permutations", settings.permutationCount), ("bootstrap samples", settings.bootstrapCount),
    ] where !(0...100_000).contains(count) {
      throw .setting(
        name: "The number of \(name)", expected: "from 0 to 100,000", actual: "\(count)")
    }
    return measures
  }

  private static func check(
    _ measures: [any Measure], _ pair: ComparedPair
  ) throws(WorkflowError) {
    let stimulusCount = pair.stimulusIDs.count
    let hasResponses = pair.source.responses != nil && pair.target.responses != nil
    for measure in measures where !hasResponses && !measure.takesDissimilarities {
      throw .measure(stages: [], .needsResponses(measure: measure.name))
    }
    for measure in measures where measure.leastStimulusCount > stimulusCount {
      throw .measure(
        stages: [],
        .tooFewStimuli(
          measure: measure.name, needed: measure.leastStimulusCount, found: stimulusCount))
    }
  }
}

extension ComparisonRun {
  /// Units that are left out, and what few stimuli cannot tell.
  static func notes(on pair: ComparedPair, _ settings: ComparisonSettings) -> [String] {
    let rows = Array(pair.stimulusIDs.indices)
    func leftOut(_ system: ComparedSystem) -> [LeftOutUnits] {
      (system.responses?.stages ?? []).map { stage in
        LeftOutUnits(
          stage: stage.name, unitCount: stage.unitCount,
          counts: [
            stage.unitCount - Standardization(fitting: stage, rows: rows).varyingColumns.count
          ])
      }
    }
    let sentence = LeftOutUnits.sentence(
      source: leftOut(pair.source), target: leftOut(pair.target), stimuli: "stimuli")
    return [sentence, visibleDependence(pair, settings)].compactMap(\.self)
      + notes(onFew: rows.count, settings)
  }

  /// What the responses of both sides show of stimuli that depend on each other.
  private static func visibleDependence(
    _ pair: ComparedPair, _ settings: ComparisonSettings
  ) -> String? {
    guard settings.dependence == nil, settings.permutationCount + settings.bootstrapCount > 0,
      let source = pair.source.responses, let target = pair.target.responses
    else { return nil }
    return VisibleDependence(source, target).note(canFold: false)
  }

  private static func notes(onFew count: Int, _ settings: ComparisonSettings) -> [String] {
    guard count < 10 else { return [] }
    let orders = (1...count).reduce(1, *)
    return [
      "Only \(count) common stimuli, which make \(count * (count - 1) / 2) pairs: unrelated stages may "
        + "have great values by chance"
        + (settings.permutationCount > 0
          ? ", and stimuli can be put in \(orders) orders, so that no p far below 1/\(orders) is possible."
          : "; --permutations tells how great.")
    ]
  }
}
