public import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses
public import ChiasmResults
internal import ChiasmTables
internal import Foundation

/// The use case `convert`: response sets in, one response set out, stage by stage and some stimuli at a
/// time.
public struct ConversionRun: Sendable {
  /// How far a run is, for a progress line.
  public struct Progress: Equatable, Sendable {
    /// Rows of stages that are written.
    public let rowsDone: Int
    /// Rows of all stages.
    public let rowCount: Int
  }

  /// A stage that is written.
  struct Part: Sendable {
    let store: any ResponseStore
    let entry: StageEntry
    /// Its shape before a draw of units.
    let shape: StageShape
    /// The units that are drawn; nil for all.
    let columns: [Int]?

    var unitCount: Int { columns?.count ?? shape.unitCount }
  }

  /// What is converted and how.
  public let settings: ConversionSettings
  /// What the user should know before the work starts.
  public let notes: [String]
  let parts: [Part]
  let stimulusIDs: [String]
  /// The table of stimuli of the first set, where that is a folder.
  let stimulusTable: String?
  private let hasRepeats: Bool
  private let threads: Int

  /// Opens the sets, so that what cannot be converted fails before any work.
  ///
  /// - Parameter threads: how many threads pool and project at once; it changes no number.
  /// - Throws: for settings out of range, for what is wrong with the files, for sets of other stimuli, and
  ///   for stages of one name.
  public init(_ settings: ConversionSettings, threads: Int = 1) throws(WorkflowError) {
    do {
      let reduction = try LayerReduction(
        settings.pooling, project: settings.projectedUnitCount, seed: settings.seed,
        threads: threads, beside: [settings.maximumUnits])
      let draw = try UnitSubsample(atMost: settings.maximumUnits, seed: settings.seed)
      let stores = try settings.inputs.map { try StoredResponseSet.store(at: $0) }
      guard let first = stores.first else {
        throw WorkflowError.setting(
          name: "The number of response sets", expected: "at least 1", actual: "0")
      }
      try Self.check(stores, against: first)
      var (parts, notes) = ([Part](), [String]())
      for (store, names) in zip(stores, try Self.names(settings.stages, in: stores))
      where names != [] {
        let set = try StoredResponseSet.opened(store, stages: names, reduction)
        notes += (names == nil ? store.notes : []) + set.notes
        for entry in set.entries {
          let shape = try set.store.shape(of: entry)
          guard shape.rowCount == first.stimulusIDs.count else {
            throw WorkflowError.responses(
              path: store.path,
              .rowCount(
                stage: entry.name, expected: first.stimulusIDs.count, actual: shape.rowCount))
          }
          parts.append(
            Part(
              store: set.store, entry: entry, shape: shape,
              columns: draw.columns(of: shape.unitCount, stage: parts.count)))
        }
      }
      if let wanted = settings.stages {
        parts = wanted.flatMap { name in parts.filter { $0.entry.name == name } }
      }
      var seen: Set<String> = []
      for part in parts where !seen.insert(part.entry.name).inserted {
        throw WorkflowError.responses(
          path: settings.inputs.joined(separator: " and "), .duplicateStage(name: part.entry.name))
      }
      (self.settings, self.threads, self.parts, self.notes) = (settings, threads, parts, notes)
      (stimulusIDs, hasRepeats) = (first.stimulusIDs, first.hasRepeats)
      let table = first.path + "/" + ResponseSetFolder.stimuli
      stimulusTable =
        try FolderTree.isFolder(first.path) && FileManager.default.fileExists(atPath: table)
        ? table : nil
    } catch {
      throw WorkflowError(error)
    }
  }

  /// The files that are read.
  public var inputs: [String] {
    let paths = parts.map(\.store.path)
    return parts.indices.filter { paths.firstIndex(of: paths[$0]) == $0 }.flatMap { first in
      parts[first].store.files(
        of: parts.filter { $0.store.path == paths[first] }.map(\.entry))
    }
  }

  /// Writes the set into a new folder.
  ///
  /// - Parameters:
  ///   - command: the command line, for the record.
  ///   - paths: how the record names files.
  ///   - progress: called whenever some rows are written.
  public func write(
    to folder: OutputFolder, command: String, paths: RecordedPaths = .asGiven,
    progress: @escaping (Progress) -> Void = { _ in }
  ) throws(WorkflowError) {
    try write(command: command, paths: paths) { provenance in
      try writeFolder(folder, provenance, counting(progress))
    }
  }

  /// Writes the set to a file at `path`, beside which there is room for the stages.
  ///
  /// - Throws: `setting` for repeats, which no file numbers.
  public func write(
    _ format: ConversionFormat, to path: String, command: String,
    paths: RecordedPaths = .asGiven, progress: @escaping (Progress) -> Void = { _ in }
  ) throws(WorkflowError) {
    guard !hasRepeats else {
      throw .setting(
        name: "--output",
        expected: "a folder, for rows that are repeats of a stimulus are numbered "
          + "in its stimuli.tsv", actual: ".\(format.rawValue)")
    }
    try write(command: command, paths: paths) { provenance in
      switch format {
      case .folder: preconditionFailure("A folder is no file.")
      case .npz: try writeArchive(path, provenance, counting(progress))
      }
    }
  }

  /// Takes the digests of the inputs beside the work.
  private func write(
    command: String, paths: RecordedPaths, _ body: (() throws -> ConversionRecord) throws -> Void
  ) throws(WorkflowError) {
    let isDrawn = parts.contains { $0.columns != nil } || settings.projectedUnitCount != nil
    let seed = isDrawn ? settings.seed : nil
    let provenance = BackgroundValue(threads: threads) { [inputs, notes] isWanted in
      try Provenance(
        command: command, seed: seed, inputs: inputs, notes: notes, paths: paths,
        isWanted: isWanted)
    }
    defer { provenance.abandon() }
    do {
      try body { ConversionRecord(self, try provenance.wait()) }
    } catch {
      throw WorkflowError(error)
    }
  }

  /// Counts rows over all stages.
  private func counting(_ progress: @escaping (Progress) -> Void) -> (Int) -> Void {
    let rowCount = parts.reduce(0) { $0 + $1.shape.rowCount }
    var done = 0
    return { rows in
      done += rows
      progress(Progress(rowsDone: done, rowCount: rowCount))
    }
  }
}

extension ConversionRun {
  /// Throws for a set of other stimuli than the first.
  private static func check(
    _ stores: [any ResponseStore], against first: any ResponseStore
  ) throws(WorkflowError) {
    for store in stores.dropFirst() where store.stimulusIDs != first.stimulusIDs {
      let row = zip(store.stimulusIDs, first.stimulusIDs).enumerated().first { $1.0 != $1.1 }
      throw .unrecognised(
        path: store.path,
        reason: "has other stimuli than \(first.path), or in another order: "
          + (row.map { "row \($0 + 1) shows \($1.0), not \($1.1)" }
            ?? "\(store.stimulusIDs.count) rows, not \(first.stimulusIDs.count)")
          + "; convert them one by one")
    }
  }

  /// Which stages of each store are wanted; nil for all.
  private static func names(
    _ wanted: [String]?, in stores: [any ResponseStore]
  ) throws(WorkflowError) -> [[String]?] {
    guard let wanted else { return stores.map { _ in nil } }
    let known = stores.flatMap { $0.entries.map(\.name) }
    for name in wanted where !known.contains(name) {
      throw .responses(
        path: stores.map(\.path).joined(separator: " and "),
        .unknownStage(name: name, available: known))
    }
    return stores.map { store in
      wanted.filter { name in store.entries.contains { $0.name == name } }
    }
  }
}
