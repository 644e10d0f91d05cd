public import ChiasmImaging
internal import ChiasmAlignment
internal import ChiasmFiles
public import ChiasmResponses
public import ChiasmResults
public import ChiasmStatistics

/// What is aligned: two systems over the same stimuli, and what is known of their units.
///
/// It is made of values, or read from files with `init(reading:)`.
public struct AlignmentInput: Sendable {
  /// The source and the target.
  public var pair: ResponsePair
  /// For each stage of the source the noise ceiling of every unit, as a share of variance from 0 to 1,
  /// NaN where it is not known; nil for a stage without them. They are numbered as the units of the
  /// stage's file (`Stage.unitNumbers`). Empty without any.
  public var sourceCeilings: [[Double]?] = []
  /// The same of the target.
  public var targetCeilings: [[Double]?] = []
  /// Where the source's units lie in the brain, for maps; nil for none.
  public var recording: Masker?
  /// Where the target's units lie, for the maps of the alignment the other way; nil for none.
  public var targetRecording: Masker?
  /// The splits of the pair's stimuli; nil for those that the settings ask for.
  public var splits: [Split]?
  /// Columns of labels that settings name to say which stimuli belong together: for each a label of every
  /// stimulus of the pair, in its order.
  public var stimulusColumns: [String: [String]] = [:]
  /// The files that were read; none for values.
  public var files: [String] { sourceFiles + targetFiles + sharedFiles }
  /// What the user should know of how they were read.
  public internal(set) var notes: [String] = []
  /// The pair with all units, where some are drawn of them more than once; nil for no draws.
  var whole: ResponsePair?
  private var (sourceFiles, targetFiles, sharedFiles): ([String], [String], [String]) = ([], [], [])

  /// Takes two systems as values.
  public init(_ pair: ResponsePair) { self.pair = pair }

  /// Reads what the settings name: the two sets, of which only the units that are drawn, the splits, and
  /// what belongs together among the stimuli. Settings are checked before.
  ///
  /// - Parameter threads: how many threads pool and project layers at once; changes no number.
  /// - Throws: for settings out of range, for what is wrong with the files, and for sets with too few
  ///   common stimuli.
  public init(reading settings: AlignmentSettings, threads: Int = 1) throws(WorkflowError) {
    do {
      try AlignmentRun.check(settings)
      let naming = try StimulusNaming(reading: settings.naming)
      let reduction = try AlignmentRun.reduction(settings, threads: threads)
      // Draws of units are made of all of them.
      let subsample =
        settings.unitDrawCount == nil
        ? try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed) : UnitSubsample()
      let usesCeilings =
        settings.ceilingFloor != nil || settings.outer.stageWeights == .reliability
      let source = try StoredResponseSet(
        path: settings.source, stages: settings.sourceStages, role: settings.sourceRole,
        stimuli: settings.sourceStimuli,
        noiseCeilings: usesCeilings ? .required : .skipped, drawing: subsample, from: 0,
        reducing: reduction)
      let target = try StoredResponseSet(
        path: settings.target, stages: settings.targetStages, role: settings.targetRole,
        stimuli: settings.targetStimuli,
        noiseCeilings: usesCeilings ? .whereGiven : .skipped,
        drawing: subsample, from: source.responses.stages.count, reducing: reduction)
      try AlignmentRun.check(source.responses)
      let names = (source.responses.stimulusIDs, target.responses.stimulusIDs)
      let namingNotes = try naming.notes(
        source: (source.path, names.0), target: (target.path, names.1))
      pair = try ResponsePair(
        joining: source, target, naming: naming, minimumCommon: AlignmentRun.leastStimulusCount)
      (sourceCeilings, targetCeilings) = (source.noiseCeilings, target.noiseCeilings)
      (recording, targetRecording) = (source.recording, target.recording)
      if let file = settings.splitsFile {
        let names = StimulusLookup(source: names.0, target: names.1, naming: naming)
        splits = try SplitTable.read(file, for: pair, names: names)
      }
      let columns = try StimulusColumns.read(
        settings.dependence, of: settings.source, stimuli: pair.stimulusIDs)
      stimulusColumns = columns.columns
      (sourceFiles, targetFiles) = (source.files, target.files)
      sharedFiles = [naming.mapFile, settings.splitsFile].compactMap(\.self) + columns.files
      notes = source.notes + target.notes + namingNotes
    } catch {
      throw WorkflowError(error)
    }
  }
}

extension AlignmentInput {
  /// The same with source and target exchanged: stimuli, splits and units in use stay as they are.
  var reversed: AlignmentInput {
    var reversed = self
    reversed.pair = pair.reversed
    reversed.whole = whole?.reversed
    (reversed.sourceCeilings, reversed.targetCeilings) = (targetCeilings, sourceCeilings)
    (reversed.recording, reversed.targetRecording) = (targetRecording, recording)
    (reversed.sourceFiles, reversed.targetFiles) = (targetFiles, sourceFiles)
    return reversed
  }

  /// What values may get wrong; of files it has been checked while they were read.
  func check(_ settings: AlignmentSettings) throws {
    try AlignmentRun.check(pair.source)
    let stimulusCount = pair.stimulusIDs.count
    guard stimulusCount >= AlignmentRun.leastStimulusCount else {
      throw WorkflowError.responses(
        path: "source and target",
        .tooFewCommonStimuli(pair.overlap, needed: AlignmentRun.leastStimulusCount))
    }
    if let splits {
      try Self.check(splits, stimulusCount: stimulusCount)
    } else if let file = settings.splitsFile {
      throw WorkflowError.setting(
        name: "The file of splits", expected: "read with the response sets", actual: file)
    }
    try AlignmentRun.reduction(settings, threads: 1).check(files: files)
    try Self.check(sourceCeilings, of: pair.source)
    try Self.check(targetCeilings, of: pair.target)
    if let floor = settings.ceilingFloor, sourceCeilings.isEmpty || sourceCeilings.contains(nil) {
      throw WorkflowError.setting(
        name: "The floor of noise ceilings",
        expected: "left out where a stage of the source has no ceilings", actual: "\(floor)")
    }
    for (stage, voxels) in zip(pair.source.stages, recording?.regions ?? [])
    where voxels.count != stage.fileUnitCount {
      throw WorkflowError.setting(
        name: "The number of places of stage \(stage.name)",
        expected: "that of its units, \(stage.fileUnitCount)", actual: "\(voxels.count)")
    }
  }

  private static func check(_ splits: [Split], stimulusCount: Int) throws {
    let names = Set(splits.map(\.name))
    guard !splits.isEmpty, names.count == splits.count, !names.contains("mean") else {
      throw WorkflowError.setting(
        name: "The list of splits", expected: "at least one, each of its own name and none mean",
        actual: splits.map(\.name).joined(separator: ", "))
    }
    for split in splits {
      let places = split.training + split.heldOut
      guard places.allSatisfy((0..<stimulusCount).contains), Set(places).count == places.count
      else {
        throw WorkflowError.setting(
          name: "Split \(split.name)",
          expected: "of the stimuli 0 to \(stimulusCount - 1), each once",
          actual: "of \(places.min() ?? 0) to \(places.max() ?? 0), \(places.count) in all")
      }
    }
  }

  private static func check(_ ceilings: [[Double]?], of set: ResponseSet) throws {
    guard ceilings.isEmpty || ceilings.count == set.stages.count else {
      throw WorkflowError.setting(
        name: "The number of stages with noise ceilings", expected: "\(set.stages.count) or 0",
        actual: "\(ceilings.count)")
    }
    for (stage, ceilings) in zip(set.stages, ceilings) {
      guard let ceilings else { continue }
      guard ceilings.count == stage.fileUnitCount,
        ceilings.allSatisfy({ $0.isNaN || (0...1).contains($0) })
      else {
        throw WorkflowError.setting(
          name: "The list of noise ceilings of stage \(stage.name)",
          expected:
            "\(ReportText.count(stage.fileUnitCount, "share")) from 0 to 1, NaN where they are not known",
          actual: ReportText.count(ceilings.count, "number")
            + (ceilings.filter { !$0.isNaN }.max().map { " up to \($0)" } ?? ""))
      }
    }
  }
}

/// Reads splits from a table: `stimulus_id`, then one column a split with `train`, `test` or `n/a`.
enum SplitTable {
  /// The splits of the file for the stimuli of `pair`.
  ///
  /// Stimuli that only one of the sets has may stand in the file; they are not used. A stimulus of both
  /// may be called as either set calls it.
  static func read(
    _ path: String, for pair: ResponsePair, names known: StimulusLookup
  ) throws -> [Split] {
    let table = try Table(path: path)
    let names = try table.identifiers("stimulus_id").map(known.name)
    let rowOf = try rowByStimulus(names, in: table)
    try checkNames(names, rowOf: rowOf, pair: pair, known: known.all, path: path)
    let rows = pair.stimulusIDs.map { rowOf[$0] ?? 0 }
    let columns = table.columns.filter { $0 != "stimulus_id" }
    guard !columns.isEmpty else {
      throw ArrayFileError.malformed(
        path: path, problem: "has no column beside stimulus_id; each split is a column")
    }
    guard !columns.contains("mean") else {
      throw ArrayFileError.malformed(
        path: path,
        problem: "a split is named mean, as results call the mean over splits; rename it")
    }
    return try columns.map { column in
      try split(named: column, in: table, rows: rows)
    }
  }

  private static func rowByStimulus(_ names: [String], in table: Table) throws -> [String: Int] {
    var rows: [String: Int] = [:]
    for (row, name) in names.enumerated() {
      if let other = rows.updateValue(row, forKey: name) {
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "stimulus \(name) stands in \(table.location(ofRow: other)) already")
      }
    }
    return rows
  }

  private static func checkNames(
    _ names: [String], rowOf: [String: Int], pair: ResponsePair, known: Set<String>, path: String
  ) throws {
    let unknown = names.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw WorkflowError.unknownStimuli(
        path: path, count: unknown.count, examples: Array(unknown.prefix(3)),
        hint: StimulusOverlap(source: names, target: known.sorted()).hint)
    }
    let unassigned = pair.stimulusIDs.filter { rowOf[$0] == nil }
    guard unassigned.isEmpty else {
      throw WorkflowError.unassignedStimuli(
        path: path, count: unassigned.count, examples: Array(unassigned.prefix(3)))
    }
  }

  private static func split(
    named name: String, in table: Table, rows: [Int]
  ) throws -> Split {
    let roles = try table.column(name)
    var training: [Int] = []
    var heldOut: [Int] = []
    for (stimulus, row) in rows.enumerated() {
      switch roles[row] {
      case "train": training.append(stimulus)
      case "test": heldOut.append(stimulus)
      case "n/a", "": continue
      default:
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "split \(name) says '\(roles[row])', but train, test or n/a is expected")
      }
    }
    return Split(name: name, training: training, heldOut: heldOut)
  }
}
