internal import ChiasmFiles
internal import ChiasmLinearAlgebra
internal import ChiasmResponses

/// A response set that is one `.npz`: an array `stimulus_id` beside an array for each stage, in the
/// order in which they were written.
struct ArchiveStore: ResponseStore {
  let path: String
  /// Layers: an archive does not tell where units lie.
  let role = Role.layer
  let stimulusIDs: [String]
  /// False: an archive numbers no repeats.
  let hasRepeats = false
  let entries: [StageEntry]
  let notes: [String]
  private let archive: NumpyArchive

  /// Reads the names of the arrays and of the stimuli.
  ///
  /// - Throws: for a file that is no archive, or has no `stimulus_id`.
  init(path: String) throws(WorkflowError) {
    do {
      let archive = try NumpyArchive(path: path)
      self.path = path
      self.archive = archive
      guard archive.contains("stimulus_id") else {
        throw ArrayFileError.malformed(
          path: path,
          problem:
            "has no array stimulus_id, which must name the stimulus of every row; its arrays are "
            + archive.names.prefix(5).joined(separator: ", ")
            + (archive.names.count > 5 ? ", …" : ""))
      }
      stimulusIDs = try archive.array("stimulus_id").identifiers(name: path + ": stimulus_id")
      entries = archive.names.filter { $0 != "stimulus_id" }.map { StageEntry(name: $0, file: $0) }
      guard !entries.contains(where: \.name.isEmpty) else {
        throw ArrayFileError.malformed(
          path: path, problem: "an array has no name; each is a stage")
      }
      notes = [Self.note(on: entries, of: path, because: "is read as it was written")]
    } catch {
      throw WorkflowError(error)
    }
  }

  func shape(of entry: StageEntry) throws(WorkflowError) -> StageShape {
    do {
      return try StageShape(archive.header(of: entry.file).shape, place: place(of: entry))
    } catch {
      throw .file(error)
    }
  }

  func read(_ entry: StageEntry, columns: [Int]?) throws(WorkflowError) -> Stage {
    let place = place(of: entry)
    do {
      guard let columns else {
        return try Stage(name: entry.name, archive.array(entry.file), place: place)
      }
      let shape = try StageShape(archive.header(of: entry.file).shape, place: place)
      let array = try archive.array(entry.file, columns: columns)
      return try Stage(name: entry.name, array, place: place)
        .numbering(units: columns, of: shape.unitCount)
    } catch {
      throw .file(error)
    }
  }

  func files(of entries: [StageEntry]) -> [String] { [path] }

  private func place(of entry: StageEntry) -> String { path + ": " + entry.file }
}

extension StageShape {
  /// The shape of an array: all axes but the first run together.
  ///
  /// - Parameter place: what errors call the array.
  init(_ shape: [Int], place: String) throws(ArrayFileError) {
    guard shape.count >= 2 else {
      throw .malformed(
        path: place, problem: "has shape \(shape), but stimuli × units are expected")
    }
    self.init(rowCount: shape[0], unitCount: shape.dropFirst().reduce(1, *))
  }
}

extension Stage {
  /// Takes the numbers of an array, all axes but the first run together.
  ///
  /// - Parameter place: what errors call the array.
  init(name: String, _ array: NumpyArray, place: String) throws(ArrayFileError) {
    let shape = try StageShape(array.shape, place: place)
    switch array.elements {
    // Single precision would round these.
    case .float64, .int32, .int64, .uint32, .uint64:
      self.init(
        name: name,
        responses: Matrix<Double>(
          rowCount: shape.rowCount, columnCount: shape.unitCount,
          elements: try array.doubles(name: place)))
    default:
      self.init(
        name: name,
        responses: Matrix<Float>(
          rowCount: shape.rowCount, columnCount: shape.unitCount,
          elements: try array.floats(name: place)))
    }
  }
}
