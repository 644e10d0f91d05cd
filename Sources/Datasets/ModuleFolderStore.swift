internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import Foundation
internal import ChiasmResponses

/// The folder that thingsvision writes: `file_names.txt`, and the features of one module in the folder
/// itself or of each module in a folder of its own.
///
/// Features are `features.npy` (or `.hdf5`, `.mat`), or parts of the rows that follow one another,
/// `features_01.npy` … or `features_0-99.npy` …. Stages are in natural order of their folders; a stimulus
/// is called as its line in `file_names.txt`, with its folder and its ending.
struct ModuleFolderStore: ResponseStore {
  let path: String
  let format = "a folder of thingsvision"
  /// Layers.
  let role = Role.layer
  let stimulusIDs: [String]
  /// False: every image is passed once.
  let hasRepeats = false
  let entries: [StageEntry]
  let notes: [String]
  /// The parts of each stage's rows: a file and an array of it.
  private let parts: [String: [(file: String, name: String)]]

  static let namesFile = "file_names.txt"

  /// Finds the features of every module.
  ///
  /// - Throws: for a folder without features, and for a file of them that is not read.
  init(path: String) throws {
    self.path = path
    let names = path + "/" + Self.namesFile
    stimulusIDs = try Self.names(in: names)
    var parts: [String: [(file: String, name: String)]] = [:]
    var found: [StageEntry] = []
    let listing = try FolderTree.listing(of: path)
    let modules = try listing.filter { try FolderTree.isFolder(path + "/" + $0) }
    for module in [""] + modules.sorted(by: naturalOrder) {
      let folder = module.isEmpty ? path : path + "/" + module
      let own = try Self.features(in: folder)
      if own.isEmpty { continue }
      let name = module.isEmpty ? "features" : module
      found.append(StageEntry(name: name, file: name))
      parts[name] = own
    }
    guard !found.isEmpty else {
      throw ArrayFileError.malformed(
        path: path,
        problem:
          "has \(Self.namesFile) but no features.npy, .hdf5 or .mat, in itself or in a folder "
          + "of a module; save features with one of these formats (.pt is not read)")
    }
    self.parts = parts
    entries = found
    notes =
      found.count > 1 ? [Self.note(on: found, of: path, because: "is a folder of modules")] : []
  }

  /// The lines of a file, without an empty one at its end.
  private static func names(in path: String) throws -> [String] {
    let lines = try TextFile.read(path)
      .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(String.init)
    return lines.last == "" ? lines.dropLast() : lines
  }

  /// The files of features in a folder, in the order of their rows.
  private static func features(in folder: String) throws -> [(file: String, name: String)] {
    let endings = [".npy", ".hdf5", ".h5", ".mat"]
    let files = try FolderTree.listing(of: folder).filter { name in
      name.hasPrefix("features") && endings.contains { name.hasSuffix($0) }
    }
    return try files.sorted(by: naturalOrder).flatMap { name in
      let path = folder + "/" + name
      guard let file = try ArrayFiles.open(path) else { return [(file: String, name: String)]() }
      return file.names.sorted(by: naturalOrder).map { (path, $0) }
    }
  }

  func shape(of entry: StageEntry) throws -> StageShape {
    var whole: StageShape?
    for part in parts[entry.file] ?? [] {
      let shape = try shape(of: part)
      guard let before = whole else {
        whole = shape
        continue
      }
      guard before.axes == shape.axes else {
        throw ArrayFileError.malformed(
          path: part.file,
          problem: "has units of the shape \(shape.axes), but the parts before it have "
            + "\(before.axes)")
      }
      whole = StageShape(
        rowCount: before.rowCount + shape.rowCount, axes: before.axes, datatype: before.datatype)
    }
    return whole ?? StageShape(rowCount: 0, axes: [])
  }

  private func shape(of part: (file: String, name: String)) throws -> StageShape {
    try StageShape(try open(part).description(of: part.name), place: part.file)
  }

  private func open(_ part: (file: String, name: String)) throws -> any ArrayFile {
    guard let file = try ArrayFiles.open(part.file) else {
      throw ArrayFileError.malformed(path: part.file, problem: "is no file of arrays any more")
    }
    return file
  }

  func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage {
    let own = parts[entry.file] ?? []
    guard own.count == 1 else { return try Stage(gathering: entry, of: self, columns: columns) }
    return try Stage(
      StageEntry(name: entry.name, file: own[0].name), of: open(own[0]), columns: columns,
      place: own[0].file)
  }

  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    for part in parts[entry.file] ?? [] {
      try open(part).forEachMatrix(
        of: part.name, rowCount: rowCount, place: part.file, body)
    }
  }

  func files(of entries: [StageEntry]) -> [String] {
    [path + "/" + Self.namesFile]
      + entries.flatMap { (parts[$0.file] ?? []).map(\.file) }.reduce(into: [String]()) {
        if $0.last != $1 { $0.append($1) }
      }
  }
}
