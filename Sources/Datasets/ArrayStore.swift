public import ChiasmFiles
public import ChiasmLinearAlgebra
internal import Foundation
public import ChiasmResponses

/// A response set that is one file of arrays: every matrix with a row for each stimulus is a stage.
///
/// `StimulusNames` tells where the names of stimuli come from.
public struct ArrayStore: ResponseStore {
  /// Where the file is.
  public let path: String
  /// What kind of file it is.
  public let format: String
  /// Layers: a file of arrays does not tell where units lie.
  public let role = Role.layer
  /// The stimulus of each row.
  public let stimulusIDs: [String]
  /// False: a file of arrays numbers no repeats.
  public let hasRepeats = false
  /// The matrices that are stages, in the order of the file.
  public let entries: [StageEntry]
  /// What was guessed, and what is left out.
  public let notes: [String]
  private let file: any ArrayFile
  private let table: String?

  /// Reads the names and the shapes of the arrays, and the names of the stimuli.
  ///
  /// - Parameters:
  ///   - file: with the arrays.
  ///   - list: a table with a column `stimulus_id`, or a text file with a name a line, a row for each row
  ///     of the matrices, which names the stimuli whatever the file says.
  /// - Throws: for a file whose stimuli have no names, and one without a matrix of as many rows.
  public init(_ file: any ArrayFile, list: String? = nil) throws(ArrayFileError) {
    guard let names = try StimulusNames(of: file, list: list) else {
      throw ArrayFileError.malformed(path: file.path, problem: Self.problem(withoutNames: file))
    }
    self.file = file
    table = names.table
    path = file.path
    format = (try? FileContent(path: file.path).noun) ?? "a file of arrays"
    stimulusIDs = names.ids
    var (entries, misfits) = ([StageEntry](), [String]())
    for name in file.names where name != ArrayFiles.stimulusKey {
      let description = try file.description(of: name)
      if case .other(let noun) = description.content { misfits.append("\(name) (\(noun))") }
      guard case .numbers = description.content else { continue }
      if description.shape.count >= 2, description.shape[0] == names.ids.count {
        entries.append(StageEntry(name: name, file: name))
      } else {
        misfits.append("\(name) \(description.shape)")
      }
    }
    self.entries = entries
    guard !entries.contains(where: \.name.isEmpty) else {
      throw .malformed(path: path, problem: "an array has no name; each is a stage")
    }
    guard !entries.isEmpty else {
      throw .malformed(
        path: path,
        problem: "has no matrix with a row for each of its \(names.ids.count) stimuli; its arrays "
          + "are " + (misfits.isEmpty ? "none" : Self.list(misfits)))
    }
    let reason = file.isInOwnOrder ? "is read as it was written" : "has no order of its own"
    notes =
      (entries.count == 1 ? [] : [Self.note(on: entries, of: path, because: reason)])
      + (misfits.isEmpty
        ? []
        : [
          "\(path): left out, as they are no matrices of \(names.ids.count) stimuli: "
            + Self.list(misfits) + "."
        ])
  }

  /// What to do about a file whose stimuli have no names.
  private static func problem(withoutNames file: any ArrayFile) -> String {
    let table = StimulusNames.table(beside: URL(filePath: file.path).lastPathComponent)
    let remedy =
      "Put the names, one a row, into the column \(ArrayFiles.stimulusKey) of \(table) beside it, or give "
      + "a table or a list of them with --source-stimuli or --target-stimuli"
    return file.names.count == 1
      ? "does not name the stimuli of its rows. \(remedy)"
      : "has no array \(ArrayFiles.stimulusKey), which must name the stimulus of every row; its arrays are "
        + "\(list(file.names)). \(remedy)"
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(6).joined(separator: ", ") + (names.count > 6 ? ", …" : "")
  }

  /// How large a stage is.
  ///
  /// - Throws: what is wrong with what the file says of it.
  public func shape(of entry: StageEntry) throws -> StageShape {
    try StageShape(try file.description(of: entry.file), place: place(of: entry))
  }

  /// Reads a stage, or some columns of it.
  ///
  /// - Throws: what is wrong with the file.
  public func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage {
    try Stage(entry, of: file, columns: columns, place: place(of: entry))
  }

  /// Reads a stage some rows at a time.
  ///
  /// - Throws: what is wrong with the file, and what `body` throws.
  public func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    try file.forEachMatrix(
      of: entry.file, rowCount: rowCount, place: place(of: entry), body)
  }

  /// The file, and the table that names its stimuli where there is one.
  public func files(of entries: [StageEntry]) -> [String] { [path] + (table.map { [$0] } ?? []) }

  private func place(of entry: StageEntry) -> String { path + ": " + entry.file }
}

extension StageShape {
  /// The shape of an array: all axes but the first run together.
  ///
  /// - Parameter place: what errors call the array.
  package init(_ description: ArrayDescription, place: String) throws(ArrayFileError) {
    let shape = description.shape
    guard shape.count >= 2 else {
      throw .malformed(
        path: place, problem: "has shape \(shape), but stimuli × units are expected")
    }
    let type: String? = if case .numbers(let type) = description.content { type } else { nil }
    self.init(rowCount: shape[0], axes: Array(shape.dropFirst()), datatype: type)
  }
}

extension Stage {
  /// Reads the stage of an entry, or some columns of it.
  ///
  /// - Parameter place: what errors call the array.
  package init(
    _ entry: StageEntry, of file: any ArrayFile, columns: [Int]?, place: String
  ) throws(ArrayFileError) {
    let name = entry.file
    guard let columns else {
      self = try Stage(name: entry.name, file.array(name), place: place)
      return
    }
    let shape = try StageShape(file.description(of: name), place: place)
    self = try Stage(name: entry.name, file.array(name, columns: columns), place: place)
      .numbering(units: columns, of: shape.unitCount)
  }

  /// Puts a stage, or some columns of it, together of the blocks that a store gives: in the precision of
  /// the type that its file has.
  package init(gathering entry: StageEntry, of store: some ResponseStore, columns: [Int]?) throws {
    let shape = try store.shape(of: entry)
    let width = columns?.count ?? shape.unitCount
    func gather<Number: BinaryFloatingPoint>(_ number: Number.Type) throws -> Matrix<Number> {
      var numbers: [Number] = []
      numbers.reserveCapacity(shape.rowCount * width)
      let rowCount = max(1, (1 << 22) / max(1, shape.unitCount))
      try store.forEachBlock(of: entry, rowCount: rowCount) { block in
        guard let columns else { return numbers += block.elements.lazy.map { Number($0) } }
        for row in 0..<block.rowCount { numbers += columns.lazy.map { Number(block[row, $0]) } }
      }
      return Matrix(rowCount: shape.rowCount, columnCount: width, elements: numbers)
    }
    let stage =
      shape.isNarrow
      ? Stage(name: entry.name, responses: try gather(Float.self))
      : Stage(name: entry.name, responses: try gather(Double.self))
    self = columns.map { stage.numbering(units: $0, of: shape.unitCount) } ?? stage
  }

  /// Takes the numbers of an array, all axes but the first run together.
  ///
  /// - Parameter place: what errors call the array.
  package init(name: String, _ array: NumpyArray, place: String) throws(ArrayFileError) {
    let shape = try StageShape(
      ArrayDescription(shape: array.shape, content: .numbers("")), place: place)
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

extension ArrayFile {
  /// Calls `body` with blocks of rows of a matrix.
  ///
  /// - Parameter place: what errors call the array.
  package func forEachMatrix(
    of name: String, rowCount: Int, place: String, _ body: (Matrix<Double>) throws -> Void
  ) throws {
    let shape = try StageShape(description(of: name), place: place)
    var failure: (any Error)?
    try forEachBlock(of: name, rowCount: rowCount) { (block) throws(ArrayFileError) in
      guard failure == nil else { return }
      let numbers = try block.doubles(name: place)
      do {
        try body(
          Matrix(
            rowCount: block.shape[0], columnCount: shape.unitCount, elements: numbers))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
  }
}
