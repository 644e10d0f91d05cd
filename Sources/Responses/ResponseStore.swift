public import ChiasmLinearAlgebra

/// A stage of a store and where it lies.
public struct StageEntry: Equatable, Sendable {
  /// The name of the stage.
  public let name: String
  /// The file of a folder, or the array of an archive, that holds its responses.
  public let file: String

  /// Names a stage and its place.
  public init(name: String, file: String) {
    self.name = name
    self.file = file
  }
}

/// How large a response matrix is.
public struct StageShape: Equatable, Sendable {
  /// The rows, one for each of the store's `stimulusIDs` if all is right.
  public let rowCount: Int
  /// The extents of the axes that units lie along: channels × height × width, say; the last runs fastest.
  public let axes: [Int]
  /// The type of the numbers as NumPy names it; nil where it is not known.
  public let datatype: String?

  /// The units: all axes run together.
  public var unitCount: Int { axes.reduce(1, *) }

  /// Whether all numbers of that type are exact in single precision.
  package var isNarrow: Bool {
    ["float32", "float16", "bfloat16", "int8", "uint8", "int16", "uint16", "bool"].contains(
      datatype)
  }

  /// Takes the extents.
  public init(rowCount: Int, axes: [Int], datatype: String? = nil) {
    self.rowCount = rowCount
    self.axes = axes
    self.datatype = datatype
  }
}

/// A response set that lies outside of memory.
///
/// What it consists of is known as soon as there is a store; responses are read when they are asked
/// for, and only those. What is not read is not checked: a NaN in a column that is left out is
/// accepted. Each format of files is a type of its own.
public protocol ResponseStore: Sendable {
  /// How messages name it: the folder or the file.
  var path: String { get }
  /// What kind of file or folder it is, with its article.
  var format: String { get }
  /// What its stages are.
  var role: Role { get }
  /// The stimulus of each row.
  var stimulusIDs: [String] { get }
  /// Whether rows that show one stimulus are numbered as its repeats; such rows are averaged.
  var hasRepeats: Bool { get }
  /// The stages in the order of the hierarchy.
  var entries: [StageEntry] { get }
  /// What was guessed of the order of the stages, for who has named none.
  var notes: [String] { get }

  /// How large a stage is, without reading its responses.
  ///
  /// - Throws: what is wrong with its file.
  func shape(of entry: StageEntry) throws -> StageShape

  /// Reads a stage: every unit, or those that `columns` names.
  ///
  /// The numbers are those of `Stage.selectingUnits` on the whole stage; `unitNumbers` and
  /// `fileUnitCount` tell where the units stand in the file.
  ///
  /// - Parameter columns: from 0, ascending, each once; all when nil.
  /// - Throws: what is wrong with its file, or with the values that are read.
  func read(_ entry: StageEntry, columns: [Int]?) throws -> Stage

  /// Reads all numbers of a stage, in double precision, some rows at a time from the first to the last.
  ///
  /// - Parameters:
  ///   - rowCount: the most rows of a block.
  ///   - body: gets blocks of rows × units.
  /// - Throws: what is wrong with its file, and what `body` throws.
  func forEachBlock(
    of entry: StageEntry, rowCount: Int, _ body: (Matrix<Double>) throws -> Void) throws

  /// The files that hold some stages, with those that name them.
  func files(of entries: [StageEntry]) -> [String]
}

extension ResponseStore {
  /// Reads some stages, averages the rows of each stimulus where they are numbered as repeats, and
  /// checks what was read.
  ///
  /// - Parameter columns: the columns to read of the entry with a number, counted from 0; all when it
  ///   gives nil.
  /// - Throws: what `read` throws, and a `ResponseError` for stages that do not belong together.
  public func responses(
    of entries: [StageEntry],
    columns: (_ number: Int, _ shape: StageShape) -> [Int]? = { _, _ in nil }
  ) throws -> ResponseSet {
    let stages = try entries.enumerated().map { number, entry in
      try read(entry, columns: columns(number, try shape(of: entry)))
    }
    return hasRepeats
      ? try ResponseSet(averagingRowsOf: stimulusIDs, stages: stages, role: role)
      : try ResponseSet(stimulusIDs: stimulusIDs, stages: stages, role: role)
  }
}

extension ResponseStore {
  /// What is said of an order that nobody has named.
  package static func note(
    on entries: [StageEntry], of path: String, because reason: String
  ) -> String {
    "\(path) \(reason): its stages are taken in the order "
      + entries.map(\.name).joined(separator: ", ") + "."
  }
}
