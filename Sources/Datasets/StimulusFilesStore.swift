internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import Foundation
internal import ChiasmResponses

/// The folder that Net2Brain writes: an archive a stimulus with an array a layer, whose first axis has one
/// element; or consolidated, an archive a layer, `consolidated_LAYER.npz`, with an array a stimulus.
///
/// Stages are in the order of the first archive, or in natural order where layers are consolidated. A
/// stimulus is called as its file, without `.npz`.
struct StimulusFilesStore: ResponseStore {
  let path: String
  let format: String
  /// Layers.
  let role = Role.layer
  let stimulusIDs: [String]
  /// False: every stimulus has one array.
  let hasRepeats = false
  let entries: [StageEntry]
  let notes: [String]
  private let isConsolidated: Bool

  private static let consolidated = "consolidated_"
  private static let suffix = ".npz"

  /// Whether a folder looks so: it holds archives, and the first is no response set of its own.
  static func recognises(_ names: [String], in folder: String) throws -> Bool {
    let archives = names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }
    guard let first = archives.first, !names.contains(where: { $0.hasSuffix(".npy") }) else {
      return false
    }
    let archive = try NumpyArchive(path: folder + "/" + first)
    guard !archive.contains("stimulus_id"), let array = archive.names.first else { return false }
    // RDMs have no axis of one stimulus.
    return try archive.header(of: array).shape.first == 1
  }

  /// Reads the names of stimuli and layers.
  ///
  /// - Throws: for archives that differ in their layers or stimuli.
  init(path: String) throws {
    let files = try FolderTree.listing(of: path)
      .filter { $0.hasSuffix(Self.suffix) && !$0.hasPrefix(".") }.sorted(by: naturalOrder)
    let stems = files.map { String($0.dropLast(Self.suffix.count)) }
    self.path = path
    isConsolidated = !stems.isEmpty && stems.allSatisfy { $0.hasPrefix(Self.consolidated) }
    format = "a folder of Net2Brain (an archive a \(isConsolidated ? "layer" : "stimulus"))"
    guard let first = files.first else {
      throw ArrayFileError.malformed(path: path, problem: "holds no .npz")
    }
    let names = try NumpyArchive(path: path + "/" + first).names
    if isConsolidated {
      stimulusIDs = names
      entries = zip(stems, files).map {
        StageEntry(name: String($0.dropFirst(Self.consolidated.count)), file: $1)
      }
    } else {
      stimulusIDs = stems
      entries = names.map { StageEntry(name: $0, file: $0) }
    }
    notes = [
      Self.note(on: entries, of: path, because: "is \(format)")
    ]
  }

  func shape(of entry: StageEntry) throws -> StageShape {
    let place = place(of: entry, 0)
    let header = try NumpyArchive(path: place.archive).header(of: place.name)
    return StageShape(
      rowCount: stimulusIDs.count, axes: Self.axes(header.shape), datatype: "\(header.type)")
  }

  /// The archive and the array of a stimulus.
  private func place(of entry: StageEntry, _ row: Int) -> (archive: String, name: String) {
    isConsolidated
      ? (path + "/" + entry.file, stimulusIDs[row])
      : (path + "/" + stimulusIDs[row] + Self.suffix, entry.file)
  }

  /// The axes of units: all but the first, of one element.
  private static func axes(_ shape: [Int]) -> [Int] {
    shape.count > 1 && shape[0] == 1 ? Array(shape.dropFirst()) : shape
  }

  func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage {
    try Stage(gathering: entry, of: self, columns: columns)
  }

  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    let expected = try shape(of: entry).axes
    func take(_ array: NumpyArray, _ place: String) throws {
      guard Self.axes(array.shape) == expected else {
        throw ArrayFileError.malformed(
          path: place,
          problem: "has units of the shape \(Self.axes(array.shape)), but those of "
            + "\(stimulusIDs[0]) have \(expected); every stimulus must give as many")
      }
      let values = try array.doubles(name: place)
      try body(Matrix(rowCount: 1, columnCount: values.count, elements: values))
    }
    if isConsolidated {
      let archive = try NumpyArchive(path: path + "/" + entry.file)
      try archive.forEachArray(of: stimulusIDs) { try take($1, archive.location(of: $0)) }
      return
    }
    for row in stimulusIDs.indices {
      let place = place(of: entry, row)
      let archive = try NumpyArchive(path: place.archive)
      try take(archive.array(place.name), archive.location(of: place.name))
    }
  }

  func files(of entries: [StageEntry]) -> [String] {
    isConsolidated
      ? entries.map { path + "/" + $0.file }
      : stimulusIDs.map { path + "/" + $0 + Self.suffix }
  }
}
