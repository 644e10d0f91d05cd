internal import ChiasmFiles
internal import ChiasmLinearAlgebra
public import ChiasmResponses

/// What is compared: two systems over the same stimuli, as values or read with `init(reading:)`.
public struct ComparisonInput: Sendable {
  /// The source and the target.
  public var pair: ComparedPair
  /// Columns of labels that settings name to say which stimuli belong together: for each a label of every
  /// stimulus of the pair, in its order.
  public var stimulusColumns: [String: [String]] = [:]
  /// The files that were read; none for values.
  public private(set) var files: [String] = []
  /// What the user should know of how they were read.
  public private(set) var notes: [String] = []

  /// Takes two systems as values.
  public init(_ pair: ComparedPair) { self.pair = pair }

  /// Takes two response sets as values.
  public init(_ pair: ResponsePair) { self.pair = ComparedPair(pair) }

  /// Reads the two systems that the settings name: of responses only the units that are drawn. Settings
  /// are checked before.
  ///
  /// - Parameter threads: how many threads pool and project layers at once; changes no number.
  /// - Throws: for settings out of range, for what is wrong with the files, for RDMs whose stimuli are
  ///   not known, and for systems with too few common stimuli.
  public init(reading settings: ComparisonSettings, threads: Int = 1) throws(WorkflowError) {
    let reduction = try ComparisonRun.reduction(settings, threads: threads)
    _ = try ComparisonRun.measures(settings)
    let naming = try StimulusNaming(reading: settings.naming)
    let sides = [
      (settings.source, settings.sourceContent, settings.sourceStages, settings.sourceRole),
      (settings.target, settings.targetContent, settings.targetStages, settings.targetRole),
    ]
    let lists = [settings.sourceStimuli, settings.targetStimuli]
    let matrices = try zip(sides, lists).map { side, list throws(WorkflowError) in
      side.1 == .dissimilarities
        ? try StoredDissimilarities(
          path: side.0, stages: side.2, list: list, fallback: settings.stimuli) : nil
    }
    let rows = try Self.rows(matrices)
    var systems: [ComparedSystem] = []
    for (number, (path, _, stages, role)) in sides.enumerated() {
      if let stored = matrices[number] {
        let set = try stored.set(rows: rows)
        systems.append(.dissimilarities(set))
        files += stored.files
        notes += stored.notes + Self.notes(on: set, path: path, settings.measures)
      } else {
        let stored = try StoredResponseSet(
          path: path, stages: stages, role: role, stimuli: lists[number],
          drawing: try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed),
          from: systems.first?.stages.count ?? 0, reducing: reduction)
        systems.append(.responses(stored.responses))
        files += stored.files
        notes += stored.notes
      }
    }
    if let list = settings.stimuli, !files.contains(list) {
      throw .setting(
        name: "--stimuli", expected: "left out, for there is no RDM that does not name its stimuli",
        actual: list)
    }
    if !rows.isEmpty {
      notes.append(
        "Neither file of RDMs names its stimuli: row k of one is taken to show the stimulus of row k of "
          + "the other. --stimuli, or a table FILE.stimuli.tsv, names them.")
    }
    files += [naming.mapFile].compactMap(\.self)
    notes += try naming.notes(
      source: (settings.source, systems[0].stimulusIDs),
      target: (settings.target, systems[1].stimulusIDs))
    do {
      pair = try ComparedPair(
        source: systems[0], target: systems[1], naming: naming,
        minimumCommon: ComparisonRun.leastStimulusCount)
    } catch {
      throw .responses(path: "\(settings.source) and \(settings.target)", error)
    }
    let columns = try StimulusColumns.read(
      settings.dependence, of: settings.source,
      list: settings.sourceContent == .dissimilarities ? settings.stimuli : nil,
      stimuli: pair.stimulusIDs)
    stimulusColumns = columns.columns
    files += columns.files
  }

  /// The numbers of the rows as names, where both sides are RDMs of one size without names; else none.
  ///
  /// - Throws: for RDMs without names that are compared with anything else.
  private static func rows(_ sides: [StoredDissimilarities?]) throws(WorkflowError) -> [String] {
    let unnamed = sides.compactMap(\.self).filter { $0.stimulusIDs == nil }
    guard let first = unnamed.first else { return [] }
    let sizes = Set(unnamed.flatMap { $0.matrices.map(\.matrix.rowCount) })
    guard unnamed.count == sides.count, sizes.count == 1, let size = sizes.first else {
      throw .file(
        .malformed(
          path: first.path,
          problem:
            "does not name its stimuli; give them as an array stimulus_id of an .npz or .mat, or "
            + "as a table with the column stimulus_id: \(first.path).stimuli.tsv, or --stimuli"))
    }
    let width = "\(size)".count
    return (1...max(size, 1)).map { number in
      String(repeating: "0", count: width - "\(number)".count) + "\(number)"
    }
  }

  private static func notes(
    on set: DissimilaritySet, path: String, _ measures: [String]
  ) -> [String] {
    let uses = [
      ("rsa", "rsa takes them as they are"),
      ("cka", "cka takes them for squared Euclidean distances"),
    ].filter { use in measures.contains { $0.hasPrefix(use.0) } }.map(\.1)
    let negative = set.stages.filter { $0.negativeCount > 0 }.map {
      "\($0.negativeCount) in \($0.name)"
    }
    return [
      "\(path) holds dissimilarities: \(uses.joined(separator: ", "))."
    ]
      + (negative.isEmpty
        ? []
        : [
          "\(path) holds dissimilarities below 0, as those that are cross-validated may be, and they "
            + "are used as they are: \(negative.joined(separator: ", "))."
        ])
  }
}
