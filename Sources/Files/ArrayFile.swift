/// What a file says of one of its arrays, read without its data.
public struct ArrayDescription: Equatable, Sendable {
  /// What the elements are.
  public enum Content: Equatable, Sendable {
    /// Numbers of a type, as NumPy names it: `float32`.
    case numbers(String)
    /// Names or other text.
    case text
    /// What is not read, by its name: `complex numbers`.
    case other(String)
  }

  /// The extent of each axis, in the order in which the program that wrote the file shows them.
  public let shape: [Int]
  /// What the elements are.
  public let content: Content

  /// Joins a shape with what the elements are.
  public init(shape: [Int], content: Content) {
    self.shape = shape
    self.content = content
  }
}

/// A file of named arrays, of which each is read when it is asked for.
///
/// Each format is a type of its own; `ArrayFiles.open` chooses it by the first bytes of a file. All axes
/// but the first of an array count as one, in C order: an array of 10 × 3 × 2 has 10 rows and 6 columns.
public protocol ArrayFile: Sendable {
  /// Where the file is.
  var path: String { get }
  /// The names of the arrays: in the file's own order where it has one, else as people count.
  var names: [String] { get }
  /// Whether the order of the names is one that the file has.
  var isInOwnOrder: Bool { get }
  /// Whether MATLAB wrote it, where the last axis counts what the first does elsewhere.
  var isOfMATLAB: Bool { get }
  /// The names of the stimuli where the file holds them beside its arrays; nil where it does not.
  var stimulusNames: [String]? { get }

  /// How errors name one array: `file.npz:name`.
  func location(of name: String) -> String

  /// The file with some of its arrays, by the name of one, and with the one that names stimuli where
  /// there is one. A slash before the name does not count.
  ///
  /// - Throws: `malformed` if there is none of this name.
  func selecting(_ name: String) throws(ArrayFileError) -> any ArrayFile

  /// What an array says of itself.
  ///
  /// - Throws: `malformed` if there is none of this name (with those that there are), or if what it says
  ///   of itself cannot be.
  func description(of name: String) throws(ArrayFileError) -> ArrayDescription

  /// Reads an array.
  ///
  /// - Throws: as `description`, and `malformed` if it is damaged or of a type that is not read.
  func array(_ name: String) throws(ArrayFileError) -> NumpyArray

  /// Reads some columns of an array, with the numbers that the whole array has there.
  ///
  /// Memory grows with what is kept, not with the file.
  ///
  /// - Parameter columns: from 0, ascending, each once.
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray

  /// Reads an array of numbers some rows at a time, from the first to the last.
  ///
  /// - Parameters:
  ///   - rowCount: the most rows of a block.
  ///   - body: gets blocks of the array's shape but for the first axis.
  /// - Throws: as for the whole array.
  func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError)
}

extension ArrayFile {
  /// None: most formats keep names in an array.
  public var stimulusNames: [String]? { nil }

  /// False: one format is MATLAB's.
  public var isOfMATLAB: Bool { false }

  /// Whether there is an array of this name.
  public func contains(_ name: String) -> Bool { names.contains(name) }

  /// The path and the name with a colon between.
  public func location(of name: String) -> String { "\(path):\(name)" }

  /// Reads the numbers of an array in C order, some of them at a time.
  ///
  /// - Throws: as for the whole array, and `malformed` if the elements are text.
  public func forEachBlock(
    of name: String, _ body: ([Double]) -> Void
  ) throws(ArrayFileError) {
    let width = try description(of: name).shape.dropFirst().reduce(1, *)
    let rowCount = max(1, (1 << 19) / max(1, width))
    try forEachBlock(of: name, rowCount: rowCount) { (block) throws(ArrayFileError) in
      body(try block.doubles(name: location(of: name)))
    }
  }

  /// Says that there is no array of this name, and which there are.
  func missing(_ name: String) -> ArrayFileError {
    let list = names.prefix(12).map { "'\($0)'" }.joined(separator: ", ")
    return .malformed(
      path: path,
      problem: "has no array '\(name)'; its arrays are \(list)\(names.count > 12 ? ", …" : "")")
  }
}

/// The formats of files of arrays.
public enum ArrayFiles {
  /// The name of the array, dataset, variable or column that names stimuli.
  package static let stimulusKey = "stimulus_id"

  /// Opens a file of arrays by what its first bytes say, whatever its name is; nil for a file of another
  /// kind.
  ///
  /// - Parameter place: a path, or `FILE:NAME` for one array of a file and the names of its stimuli.
  /// - Throws: `missing`, `unreadable`, and what is wrong with the file; `malformed` for a pickle, with
  ///   what makes a readable file of it.
  public static func open(_ place: String) throws(ArrayFileError) -> (any ArrayFile)? {
    let (path, name) = split(place)
    let file = try open(path: path)
    guard let file, let name else { return file }
    return try file.selecting(name)
  }

  private static func open(path: String) throws(ArrayFileError) -> (any ArrayFile)? {
    switch try FileContent(path: path) {
    case .numpyArray: try NumpyFile(path: path)
    case .zip: try NumpyArchive(path: path)
    case .hdf5: try HDF5File(path: path)
    case .matlab where try FileContent.isHDF5(path): try HDF5File(path: path)
    case .safetensors: try SafetensorsFile(path: path)
    case .matlab: try MatFile(path: path)
    case .text: try TextMatrix(path: path)
    case .pickle:
      throw .malformed(path: path, problem: PickledFile.ofFile(path).refusal(of: path))
    default: nil
    }
  }

  /// Splits `FILE:NAME` at the last colon that a file's path ends at. There is no name where something of
  /// the whole name exists, or no such file.
  package static func split(_ place: String) -> (path: String, name: String?) {
    guard FilePlace(splitting: place).kind == .absent else { return (place, nil) }
    var path = place[...]
    while let colon = path.lastIndex(of: ":") {
      path = path[..<colon]
      let name = place[place.index(after: colon)...]
      if !name.isEmpty, FilePlace(splitting: String(path)).kind == .file {
        return (String(path), String(name))
      }
    }
    return (place, nil)
  }
}

extension ArrayFile {
  /// One array; formats with groups of arrays take those of a group too.
  public func selecting(_ name: String) throws(ArrayFileError) -> any ArrayFile {
    let plain = !contains(name) && name.hasPrefix("/") ? String(name.dropFirst()) : name
    guard contains(plain) else { throw missing(name) }
    return SelectedArrays(
      file: self, names: names.filter { $0 == plain || $0 == ArrayFiles.stimulusKey })
  }
}

/// Some arrays of a file.
private struct SelectedArrays: ArrayFile {
  let file: any ArrayFile
  let names: [String]

  var path: String { file.path }
  var isInOwnOrder: Bool { file.isInOwnOrder }
  var isOfMATLAB: Bool { file.isOfMATLAB }
  var stimulusNames: [String]? { file.stimulusNames }

  func location(of name: String) -> String { file.location(of: name) }

  func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    try file.description(of: name)
  }

  func array(_ name: String) throws(ArrayFileError) -> NumpyArray { try file.array(name) }

  func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    try file.array(name, columns: columns)
  }

  func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    try file.forEachBlock(of: name, rowCount: rowCount, body)
  }
}
