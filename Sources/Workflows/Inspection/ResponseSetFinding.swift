internal import ChiasmDatasets
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// A response set, also one that an alignment would refuse.
struct ResponseSetFinding: Finding {
  /// One stage by the header of its matrix.
  struct Stage: Encodable {
    let name: String
    let file: String
    /// Nil, like the others, if the matrix cannot be read.
    let rows: Int?
    let units: Int?
    /// The extents of the axes that units lie along; nil for one axis.
    let axes: [Int]?
    let datatype: String?
    /// Nil where they were not asked for.
    let values: ValueSummary?
  }

  static let exampleCount = 3

  let kind = "response_set"
  let path: String
  /// What the file of arrays is; nil for a folder.
  let format: String?
  /// `brain` if the set knows where its units lie, else `model`.
  let system: String
  let stimuli: Int
  let first_stimuli: [String]
  /// How many stimuli come how often: keys are numbers of repeats; nil if the set does not say.
  let stimuli_by_repeats: [String: Int]?
  /// Whether every repeat has a row of its own.
  let repeats_kept: Bool
  let stages: [Stage]
  /// Why an alignment would refuse the set.
  let problems: [String]
  let notes: [String]
  /// How the set was extracted; nil for a set that was made in another way.
  let extraction: ExtractionRecord?

  init(path: String, withValues: Bool) throws {
    try self.init(StoredResponseSet.store(at: path), path: path, withValues: withValues)
  }

  /// Looks at a set that is open.
  init(_ listing: any ResponseStore, path: String, withValues: Bool) throws {
    var problems: [String] = []
    var stages: [Stage] = []
    for entry in listing.entries {
      do {
        stages.append(try Self.stage(entry, of: listing, withValues: withValues))
      } catch let error as ArrayFileError {
        stages.append(Self.unreadable(entry))
        problems.append(error.description)
      }
    }
    let sidecars = try Sidecars(path: path)
    self.path = path
    format =
      listing is FolderStore
      ? nil
      : listing is ArrayStore
        ? try ArraysFinding.format(of: ArrayFiles.split(path).path) : listing.format
    self.stages = stages
    self.problems =
      problems + Self.problems(listing, stages).map(\.description)
      + stages.compactMap(Self.nonFinite)
    notes = listing.notes + sidecars.notes
    system = sidecars.isBrain || listing.role == .region ? "brain" : "model"
    extraction = sidecars.extraction
    stimuli = Set(listing.stimulusIDs).count
    first_stimuli = Array(listing.stimulusIDs.prefix(Self.exampleCount))
    repeats_kept =
      sidecars.columns.contains("repeat") || sidecars.extraction?.settings.repeats == "keep"
    stimuli_by_repeats =
      sidecars.repeats.map { Self.counts($0) }
      ?? (repeats_kept ? Self.counts(Self.occurrences(listing.stimulusIDs)) : nil)
  }

  private static func counts(_ repeats: some Sequence<Int>) -> [String: Int] {
    Dictionary(repeats.map { (String($0), 1) }, uniquingKeysWith: +)
  }

  private static func occurrences(_ stimulusIDs: [String]) -> [Int] {
    Array(Dictionary(stimulusIDs.map { ($0, 1) }, uniquingKeysWith: +).values)
  }
}

extension ResponseSetFinding {
  private static func stage(
    _ entry: StageEntry, of store: any ResponseStore, withValues: Bool
  ) throws -> Stage {
    let shape = try store.shape(of: entry)
    var values: ValueSummary?
    if withValues {
      var summary = ValueSummary()
      let rowCount = max(1, (1 << 19) / max(1, shape.unitCount))
      try store.forEachBlock(of: entry, rowCount: rowCount) { summary.add($0.elements) }
      values = summary
    }
    return Stage(
      name: entry.name, file: entry.file, rows: shape.rowCount, units: shape.unitCount,
      axes: shape.axes.count > 1 ? shape.axes : nil, datatype: shape.datatype, values: values)
  }

  private static func unreadable(_ entry: StageEntry) -> Stage {
    Stage(
      name: entry.name, file: entry.file, rows: nil, units: nil, axes: nil, datatype: nil,
      values: nil)
  }

  /// What is wrong with the values, where they were read.
  private static func nonFinite(_ stage: Stage) -> String? {
    guard let values = stage.values else { return nil }
    let isInfinite = values.minimum == -.infinity || values.maximum == .infinity
    guard values.nanCount > 0 || isInfinite else { return nil }
    return "Stage \(stage.name) holds \(values.nanCount) NaN"
      + (isInfinite ? " and infinite values" : "") + "; remove or replace them."
  }

  /// What `ResponseSet` would refuse, as far as it shows without the values.
  private static func problems(
    _ listing: any ResponseStore, _ stages: [Stage]
  ) -> [ResponseError] {
    let stimulusIDs = listing.stimulusIDs
    var problems: [ResponseError] = stages.isEmpty ? [.noStages] : []
    var seen: Set<String> = []
    var repeated: [String] = []
    for id in stimulusIDs where !seen.insert(id).inserted && !repeated.contains(id) {
      repeated.append(id)
    }
    if !repeated.isEmpty && !listing.hasRepeats {
      problems.append(
        .duplicateStimuli(examples: Array(repeated.prefix(exampleCount)), count: repeated.count))
    }
    var names: Set<String> = []
    for stage in stages {
      if !names.insert(stage.name).inserted { problems.append(.duplicateStage(name: stage.name)) }
      if let rows = stage.rows, rows != stimulusIDs.count {
        problems.append(
          .rowCount(
            stage: stage.name, expected: stimulusIDs.count, actual: rows,
            isTransposed: stage.units == stimulusIDs.count))
      }
      if stage.units == 0 { problems.append(.noUnits(stage: stage.name)) }
    }
    return problems
  }
}
