internal import ChiasmResults
internal import ChiasmAlignment
internal import ChiasmResponses
internal import ChiasmStatistics

extension AlignmentRun {
  static func check(_ settings: AlignmentSettings) throws {
    if !(1...10_000).contains(settings.splitCount) {
      throw WorkflowError.setting(
        name: "The number of splits", expected: "from 1 to 10,000", actual: "\(settings.splitCount)"
      )
    }
    if let share = settings.trainingFraction, !(share > 0 && share < 1) {
      throw WorkflowError.setting(
        name: "The training fraction", expected: "between 0 and 1",
        actual: "\(share)")
    }
    if let floor = settings.ceilingFloor, !(floor > 0 && floor <= 1) {
      throw WorkflowError.setting(
        name: "The floor of noise ceilings", expected: "above 0 and at most 1",
        actual: "\(floor)")
    }
    _ = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)
    _ = try reduction(settings, threads: 1)
    try checkReplicates(settings)
    try StimulusDependence.check(
      settings.dependence, splitCount: settings.splitCount, splitsFile: settings.splitsFile)
    try settings.outer.check()
    try checkInnerMass(settings)
  }

  /// What becomes of layers while they are read.
  static func reduction(
    _ settings: AlignmentSettings, threads: Int
  ) throws(WorkflowError) -> LayerReduction {
    try LayerReduction(
      settings.pooling, project: settings.projectedUnitCount, seed: settings.seed,
      threads: threads, beside: [settings.maximumUnits])
  }

  private static func checkInnerMass(_ settings: AlignmentSettings) throws {
    if let unfit = settings.innerMass.unfit {
      throw WorkflowError.setting(
        name: "The inner mass", expected: "auto, or above 0 and at most 1", actual: "\(unfit)")
    }
    if settings.innerMass != .whole && settings.solver != .exact {
      throw WorkflowError.setting(
        name: "The solver", expected: "exact with an inner mass other than 1",
        actual: settings.solver.rawValue)
    }
  }

  static func check(_ source: ResponseSet) throws {
    if source.stageNames.contains("mean") {
      throw WorkflowError.setting(
        name: "A stage of the source", expected: "called otherwise, as results call the mean so",
        actual: "called mean")
    }
  }

  private static func checkReplicates(_ settings: AlignmentSettings) throws {
    let counts = [
      ("The number of permutations", settings.permutationCount, 0),
      ("The number of bootstrap samples", settings.bootstrapCount, 0),
      ("The number of layer permutations", settings.layerPermutationCount, 0),
      ("The number of draws for the score", settings.scoreDrawCount, 0),
      ("The number of draws of units", settings.unitDrawCount ?? 2, 2),
    ]
    for (name, count, least) in counts where !(least...1_000_000).contains(count) {
      throw WorkflowError.setting(
        name: name, expected: "from \(least) to 1,000,000", actual: "\(count)")
    }
    if (1..<20).contains(settings.bootstrapCount) {
      throw WorkflowError.setting(
        name: "The number of bootstrap samples",
        expected: "0 or at least 20, for an interval needs more than a few",
        actual: "\(settings.bootstrapCount)")
    }
  }
}

extension AlignmentRun {
  static func notes(on pair: ResponsePair) -> [String] {
    let isSingle = pair.source.stages.count == 1 || pair.target.stages.count == 1
    return pair.overlap.notes
      + (isSingle
        ? [
          "With a single stage on one side the coupling is the same whatever the data are; only costs "
            + "and scores tell something."
        ] : [])
  }

  /// What means nothing with fewer than 10 stimuli.
  static func notes(onFew pair: ResponsePair, _ splits: [Split]) -> [String] {
    let count = pair.stimulusIDs.count
    guard count < 10 else { return [] }
    let training = splits.map(\.training.count).min() ?? 0
    let heldOut = splits.map(\.heldOut.count).min() ?? 0
    return [
      "Only \(count) common stimuli: a correlation over \(heldOut) held-out stimuli is far from 0 by "
        + "chance alone, so that scores, their intervals and differences between methods mean next to "
        + "nothing; and the more units are matched over \(training) training stimuli, the better they "
        + "match whatever they are, so that costs compare with no others. 'chiasm compare' has "
        + "measures that hold nothing out."
    ]
  }

  /// What the responses show of stimuli that depend on each other, where nothing was said of it and draws
  /// of stimuli take them for independent.
  static func notes(
    onVisibleDependence pair: ResponsePair, _ settings: AlignmentSettings
  ) -> [String] {
    let drawCount = settings.permutationCount + settings.bootstrapCount + settings.scoreDrawCount
    guard settings.dependence == nil, drawCount > 0 else { return [] }
    return [VisibleDependence(pair.source, pair.target).note(canFold: true)].compactMap(\.self)
  }

  /// What a projection does to a match of single units.
  static func notes(onProjected settings: AlignmentSettings) -> [String] {
    settings.projectedUnitCount == nil
      ? []
      : [
        "--project keeps distances between stimuli, not single units: hierarchical transport matches "
          + "units, of which each is a random mixture now. --max-units keeps units as they are."
      ]
  }

  /// Whether global transport has to do with some of the units.
  static func notes(_ settings: AlignmentSettings, _ pair: ResponsePair) -> [String] {
    guard settings.controls.contains(.global) else { return [] }
    let counts = [pair.source, pair.target].map { set in
      set.stages.reduce(0) { $0 + min($1.unitCount, settings.maximumUnits ?? .max) }
    }
    let limit = GlobalTransport.defaultPairLimit
    guard Double(counts[0]) * Double(counts[1]) > Double(limit) else { return [] }
    return [
      "Global transport would match \(counts[0]) with \(counts[1]) units, more than \(limit) pairs; "
        + "it takes an equal share of the units of each stage, drawn by the seed."
    ]
  }

  /// What is done with the ceilings of the target's units, where some are given.
  static func notes(onTarget input: AlignmentInput, _ settings: AlignmentSettings) -> [String] {
    let ceilings = input.targetCeilings
    guard let floor = settings.ceilingFloor, ceilings.contains(where: { $0 != nil }) else {
      return []
    }
    let stages = Array(zip(input.pair.target.stages, ceilings))
    let without = stages.filter { $0.1 == nil }.map(\.0.name)
    guard without.isEmpty else {
      return [
        "The target counts as free of noise, because not all of its stages have noise ceilings: not "
          + without.joined(separator: ", ") + "."
      ]
    }
    let left = stages.compactMap { stage, ceilings in
      let count = ceilings.map { $0.count { !($0 >= floor) } } ?? 0
      return count == 0 ? nil : "\(count) of \(stage.fileUnitCount) in \(stage.name)"
    }
    return [
      "Matched scores are also normalised by the noise ceilings of the target"
        + (left.isEmpty
          ? "."
          : ", without its units that have none of \(floor) or more: "
            + left.joined(separator: ", ") + ".")
    ]
  }

  /// What the floor leaves out of the units in the files.
  ///
  /// - Throws: for a stage of which it leaves nothing.
  static func notes(
    onSource input: AlignmentInput, _ settings: AlignmentSettings
  ) throws -> [String] {
    guard let floor = settings.ceilingFloor else { return [] }
    let (stages, ceilings) = (input.pair.source.stages, input.sourceCeilings.compactMap { $0 })
    for (stage, ceilings) in zip(stages, ceilings) {
      let greatest = ceilings.filter { !$0.isNaN }.max() ?? 0
      guard greatest < floor else { continue }
      throw WorkflowError.setting(
        name: "The floor of noise ceilings",
        expected:
          "low enough to keep a unit of stage \(stage.name), whose greatest known ceiling is "
          + "\(greatest); lower it or leave the stage out", actual: "\(floor)")
    }
    let unknown = ceilings.map { stage in stage.count(where: \.isNaN) }.reduce(0, +)
    let parts = zip(stages, ceilings).compactMap { stage, ceilings in
      let below = ceilings.count { $0 < floor }
      return below == 0 ? nil : "\(below) of \(ceilings.count) in \(stage.name)"
    }
    return
      (parts.isEmpty
      ? []
      : [
        "Normalised scores leave out units with a noise ceiling below \(floor): "
          + parts.joined(separator: ", ") + "."
      ])
      + (unknown == 0
        ? []
        : [
          "Normalised scores leave out \(ReportText.count(unknown, "unit")) whose noise ceiling is not "
            + "known."
        ])
  }
}
