internal import ChiasmFiles
internal import Foundation
internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// What a response set consists of, before its matrices are read.
struct ResponseSetListing {
  /// A stage and where its matrix is.
  struct Entry: Equatable {
    let name: String
    /// The file in the folder, or the array in the archive.
    let file: String

    /// The file without `.npy`.
    var stem: String { file.hasSuffix(".npy") ? String(file.dropLast(4)) : file }

    /// Where the table of its units would be, in a set that is a folder.
    func unitsTable(in folder: String) -> String {
      ResponseSetFolder.place(of: ResponseSetFolder.unitsTable(stem), in: folder)
    }
  }

  let path: String
  /// The stimulus of each row.
  let stimulusIDs: [String]
  /// Whether rows may show the same stimulus: the table numbers its repeats.
  let hasRepeats: Bool
  let entries: [Entry]
  /// What was guessed of the order of the stages, for who has named none.
  let notes: [String]
  private let archive: NumpyArchive?
  private let tables: [String]

  /// Looks into a folder, or an `.npz` with an array `stimulus_id` beside the stages.
  init(path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw ArrayFileError.missing(path: path)
    }
    if isFolder.boolValue {
      try self.init(folder: path)
    } else {
      try self.init(archive: path)
    }
  }

  private init(folder: String) throws {
    let stimuli = folder + "/" + ResponseSetFolder.stimuli
    let stages = folder + "/" + ResponseSetFolder.stages
    path = folder
    archive = nil
    let rows = try Table(path: stimuli)
    stimulusIDs = try rows.identifiers("stimulus_id")
    hasRepeats = try Self.checkRepeats(in: rows)
    if FileManager.default.fileExists(atPath: stages) {
      let table = try Table(path: stages)
      entries = zip(try Self.stageNames(table), try table.column("file")).map(Entry.init)
      notes = []
      tables = [stimuli, stages]
    } else {
      entries = Self.sorted(try Self.matrices(in: folder))
      notes = [Self.note(on: entries, of: folder, because: "has no stages.tsv")]
      tables = [stimuli]
    }
  }

  private init(archive path: String) throws {
    let archive = try NumpyArchive(path: path)
    self.path = path
    self.archive = archive
    guard archive.names.contains("stimulus_id") else {
      throw ArrayFileError.malformed(
        path: path,
        problem: "has no array stimulus_id, which must name the stimulus of every row")
    }
    hasRepeats = false
    stimulusIDs = try archive.array("stimulus_id").identifiers(name: path + ": stimulus_id")
    entries = archive.names.filter { $0 != "stimulus_id" }.map { Entry(name: $0, file: $0) }
    guard !entries.contains(where: \.name.isEmpty) else {
      throw ArrayFileError.malformed(path: path, problem: "an array has no name; each is a stage")
    }
    notes = [Self.note(on: entries, of: path, because: "is read as it was written")]
    tables = [path]
  }
}

extension ResponseSetListing {
  /// The entries of some stages, in the order in which they are named.
  func choosing(_ names: [String]?) throws -> [Entry] {
    guard let names else { return entries }
    return try names.map { name in
      guard let entry = entries.first(where: { $0.name == name }) else {
        throw WorkflowError.responses(
          path: path, .unknownStage(name: name, available: entries.map(\.name)))
      }
      return entry
    }
  }

  /// A stage. An array of more than two dimensions has all but the first run together.
  func stage(of entry: Entry) throws -> Stage {
    let place =
      archive == nil
      ? ResponseSetFolder.place(of: entry.file, in: path) : path + ": " + entry.file
    let array = try archive?.array(entry.file) ?? NumpyArray(path: place)
    guard array.shape.count >= 2 else {
      throw ArrayFileError.malformed(
        path: place, problem: "has shape \(array.shape), but stimuli × units are expected")
    }
    let (height, width) = (array.shape[0], array.shape.dropFirst().reduce(1, *))
    switch array.elements {
    // Single precision would round these.
    case .float64, .int32, .int64, .uint32, .uint64:
      let numbers = try array.doubles(name: place)
      return Stage(
        name: entry.name,
        responses: Matrix<Double>(rowCount: height, columnCount: width, elements: numbers))
    default:
      let numbers = try array.floats(name: place)
      return Stage(
        name: entry.name,
        responses: Matrix<Float>(rowCount: height, columnCount: width, elements: numbers))
    }
  }

  /// The files that hold some stages, with the tables that name them.
  func files(of entries: [Entry]) -> [String] {
    archive == nil
      ? tables + entries.map { ResponseSetFolder.place(of: $0.file, in: path) } : tables
  }

  /// Whether a table of stimuli has a column `repeat`, as `extract --repeats keep` writes it.
  ///
  /// - Throws: where one repeat of a stimulus stands in two rows.
  private static func checkRepeats(in table: Table) throws -> Bool {
    guard table.hasColumn("repeat") else { return false }
    var rows: [[String]: Int] = [:]
    let names = zip(try table.column("stimulus_id"), try table.column("repeat"))
    for (row, (id, number)) in names.enumerated() {
      if let other = rows.updateValue(row, forKey: [id, number]) {
        throw WorkflowError.tableRow(
          path: table.path, place: table.location(ofRow: row),
          problem: "repeat \(number) of stimulus \(id) stands in \(table.location(ofRow: other)) "
            + "already; number the repeats of a stimulus from 1")
      }
    }
    return true
  }

  private static func matrices(in folder: String) throws -> [String] {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".npy") && !$0.hasPrefix(".") }
    guard !files.isEmpty else {
      throw ArrayFileError.malformed(
        path: folder, problem: "holds no .npy file; each stage is one, stimuli × units")
    }
    return files
  }

  private static func sorted(_ files: [String]) -> [Entry] {
    files.map { Entry(name: $0.hasSuffix(".npy") ? String($0.dropLast(4)) : $0, file: $0) }
      .sorted { naturalOrder($0.name, $1.name) }
  }

  private static func note(
    on entries: [Entry], of path: String, because reason: String
  ) -> String {
    "\(path) \(reason): its stages are taken in the order "
      + entries.map(\.name).joined(separator: ", ") + "."
  }

  private static func stageNames(_ table: Table) throws -> [String] {
    let names = try table.identifiers("name")
    if let row = names.firstIndex(where: { $0.isEmpty || $0 == "n/a" }) {
      throw WorkflowError.tableRow(
        path: table.path, place: table.location(ofRow: row),
        problem: "the stage has no name; give each its own")
    }
    return names
  }
}
