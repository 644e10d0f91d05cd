internal import ChiasmDatasets
internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import Foundation
internal import ChiasmResponses
internal import ChiasmStatistics

/// A response set that is a folder: `stimuli.tsv`, an `.npy` file for each stage and, where there is
/// one, `stages.tsv` with their order.
///
/// It is a brain's if an image of regions or a table of units lies beside, and a model's if not.
struct FolderStore: ResponseStore {
  let path: String
  let format = "a folder of .npy files with a stimuli.tsv"
  let role: Role
  let stimulusIDs: [String]
  let hasRepeats: Bool
  let entries: [StageEntry]
  let notes: [String]
  private let tables: [String]

  /// Reads the tables of the folder, no matrix.
  ///
  /// - Throws: for a table that is missing or wrong, and for a folder without `.npy` files.
  init(path: String) throws(WorkflowError) {
    do {
      let stimuli = path + "/" + ResponseSetFolder.stimuli
      let stages = path + "/" + ResponseSetFolder.stages
      self.path = path
      let rows = try Self.stimulusTable(stimuli, in: path)
      stimulusIDs = try rows.identifiers("stimulus_id")
      hasRepeats = try Self.checkRepeats(in: rows)
      if FileManager.default.fileExists(atPath: stages) {
        let table = try Table(path: stages)
        entries = zip(try Self.stageNames(table), try table.column("file")).map(StageEntry.init)
        notes = []
        tables = [stimuli, stages]
      } else {
        entries = try Self.matrices(in: path)
        notes = [Self.note(on: entries, of: path, because: "has no stages.tsv")]
        tables = [stimuli]
      }
      let ofUnits =
        [path + "/" + ResponseSetFolder.regionsImage]
        + entries.map { ResponseSetFolder.unitsTable(of: $0, in: path) }
      role = ofUnits.contains(where: FileManager.default.fileExists) ? .region : .layer
    } catch {
      throw WorkflowError(error)
    }
  }

  func shape(of entry: StageEntry) throws -> StageShape {
    let (file, name, place) = try matrix(of: entry)
    return try StageShape(file.description(of: name), place: place)
  }

  func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage {
    let (file, name, place) = try matrix(of: entry)
    return try Stage(
      StageEntry(name: entry.name, file: name), of: file, columns: columns, place: place)
  }

  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    let (file, name, place) = try matrix(of: entry)
    try file.forEachMatrix(of: name, rowCount: rowCount, place: place, body)
  }

  /// The file of a stage and the name of its array.
  private func matrix(
    of entry: StageEntry
  ) throws(ArrayFileError) -> (file: NumpyFile, name: String, place: String) {
    let place = ResponseSetFolder.place(of: entry.file, in: path)
    let file = try NumpyFile(path: place)
    return (file, file.names[0], place)
  }

  func files(of entries: [StageEntry]) -> [String] {
    tables + entries.map { ResponseSetFolder.place(of: $0.file, in: path) }
  }
}

extension FolderStore {
  /// Reads the table of stimuli; a folder without one is told what it is.
  private static func stimulusTable(_ file: String, in folder: String) throws -> Table {
    do {
      return try Table(path: file)
    } catch ArrayFileError.missing {
      throw PathKind.refusal(of: folder, expecting: "a response set with a stimuli.tsv")
    }
  }

  /// Whether a table of stimuli has a column `repeat`, as `extract --repeats keep` writes it.
  ///
  /// - Throws: where one repeat of a stimulus stands in two rows.
  private static func checkRepeats(in table: Table) throws -> Bool {
    try table.checkSpelling(ofOptional: ["repeat"])
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

  private static func stageNames(_ table: Table) throws -> [String] {
    let names = try table.identifiers("name")
    if let row = names.firstIndex(where: { $0.isEmpty || $0 == "n/a" }) {
      throw WorkflowError.tableRow(
        path: table.path, place: table.location(ofRow: row),
        problem: "the stage has no name; give each its own")
    }
    return names
  }

  /// The `.npy` files of a folder, their names sorted as people count.
  private static func matrices(in folder: String) throws -> [StageEntry] {
    let files = try FolderTree.listing(of: folder)
      .filter { $0.hasSuffix(".npy") && !$0.hasPrefix(".") }
    guard !files.isEmpty else {
      throw ArrayFileError.malformed(
        path: folder, problem: "holds no .npy file; each stage is one, stimuli × units")
    }
    return files.map { StageEntry(name: ResponseSetFolder.stem(ofMatrix: $0), file: $0) }
      .sorted { naturalOrder($0.name, $1.name) }
  }
}

/// The names of the files in a response set's folder.
enum ResponseSetFolder {
  static let description = "dataset_description.json"
  static let stimuli = "stimuli.tsv"
  static let stages = "stages.tsv"
  static let provenance = "provenance.json"
  static let regionsImage = "regions_dseg.nii.gz"

  /// The matrix of a stage.
  static func matrix(_ stem: String) -> String { stem + ".npy" }

  /// The name of a matrix without `.npy`.
  static func stem(ofMatrix file: String) -> String {
    file.hasSuffix(".npy") ? String(file.dropLast(4)) : file
  }

  /// The folder of a file where that is one of a response set; nil elsewhere.
  static func holding(_ path: String) -> String? {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    return FileManager.default.fileExists(atPath: folder + "/" + stimuli) ? folder : nil
  }

  /// Where a file of the set at `folder` is; a path from the root stands for itself.
  static func place(of file: String, in folder: String) -> String {
    file.hasPrefix("/") ? file : folder + "/" + file
  }

  /// The places of a stage's units.
  static func unitsTable(_ stem: String) -> String { stem + "_units.tsv" }

  /// Where the table of a stage's units would be in the set at `folder`.
  static func unitsTable(of entry: StageEntry, in folder: String) -> String {
    place(of: unitsTable(stem(ofMatrix: entry.file)), in: folder)
  }
}

/// How stages are named on the disk: a stage's name may hold anything, a file's name may not.
enum StageFileName {
  /// The name of a stage with what a file name cannot hold written as `%` and two hexadecimal digits:
  /// slashes, control characters, `%` itself and a leading dot. Of a name that is too long for a file
  /// the first 80 bytes are kept, with a number made of all of it. Different names stay different.
  static func stem(_ name: String) -> String {
    let bytes = name.utf8.enumerated().flatMap { position, byte -> [UInt8] in
      let isPlain = byte >= 0x20 && byte != 0x7F && !"/%".utf8.contains(byte)
      let isLeadingDot = position == 0 && byte == UInt8(ascii: ".")
      if isPlain && !isLeadingDot { return [byte] }
      let digits = Array("0123456789ABCDEF".utf8)
      return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    guard bytes.count > 100 else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.prefix(80), as: UTF8.self).filter { $0 != "\u{FFFD}" }
      + "%" + String(fingerprint(bytes), radix: 16)
  }

  /// The name of what belongs to two stages, `A__b`. An underscore of a stage's own that could be
  /// taken for the separator is written as `%5F`, so that different pairs stay different.
  static func pair(_ first: String, _ second: String) -> String {
    [first, second].map { name in
      let stem = stem(name)
      let isPlain = !stem.contains("__") && !stem.hasPrefix("_") && !stem.hasSuffix("_")
      return isPlain ? stem : stem.replacing("_", with: "%5F")
    }.joined(separator: "__")
  }
}
