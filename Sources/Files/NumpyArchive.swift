/// An `.npz` file: a zip archive of named arrays.
///
/// The value holds the names only; each array is read when it is asked for, and no file stays open.
public struct NumpyArchive: ArrayFile {
  /// Where the file is.
  public let path: String
  /// The names of the arrays, without `.npy`, in the archive's order. Other entries are left out.
  public let names: [String]
  /// Whether their order is one that the file has.
  public let isInOwnOrder = true

  /// Reads the list of arrays.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed` if it is no zip archive, holds only other
  ///   files, its entries overlap or two arrays have one name.
  public init(path: String) throws(ArrayFileError) {
    self.path = path
    let entries = try ZipFile(path: path).names()
    names = entries.filter { $0.hasSuffix(Self.suffix) }
      .map { String($0.dropLast(Self.suffix.count)) }
    if names.isEmpty, entries.contains(where: { $0.hasSuffix("data.pkl") }) {
      throw .malformed(path: path, problem: PickledFile.torch.refusal(of: path))
    }
    if names.isEmpty, let first = entries.first {
      throw .malformed(
        path: path,
        problem: "is \(Self.noun(entries)), not an .npz archive: it holds no .npy, but \(first)")
    }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw .malformed(path: path, problem: "two arrays are named '\(name)'")
    }
  }

  /// What a zip archive without arrays is.
  private static func noun(_ entries: [String]) -> String {
    if entries.contains(where: { $0.hasPrefix("xl/") }) { return "an Excel workbook" }
    return "a zip archive of other files"
  }

  /// Reads one array.
  ///
  /// - Throws: `malformed` if there is none of this name (with those that there are), or if it is
  ///   damaged, encrypted, packed in another way than stored or deflated, or no array.
  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    try withEntry(name, isChecked: true) { (byteCount, read) throws(ArrayFileError) in
      try NumpyArray(byteCount: byteCount, name: location(of: name), read: read)
    }
  }

  /// Reads blocks of rows of one array, which is unpacked once.
  ///
  /// - Throws: as for the whole array.
  public func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    try withEntry(name, isChecked: true) { (byteCount, read) throws(ArrayFileError) in
      let location = location(of: name)
      let header = try NumpyHeader(byteCount: byteCount, name: location, read: read)
      try NumpyArray.forEachBlock(
        of: header, name: location, rowCount: rowCount, read: read, body)
    }
  }

  /// Reads arrays one after the other, with the archive opened once.
  ///
  /// - Throws: as for each array, and what `body` throws.
  public func forEachArray(
    of names: [String], _ body: (_ name: String, _ array: NumpyArray) throws -> Void
  ) throws {
    let file = try ZipFile(path: path)
    let known = Set(self.names)
    for name in names {
      guard known.contains(name) else { throw missing(name) }
      let array = try file.withEntry(name + Self.suffix, isChecked: true) {
        (byteCount, read) throws(ArrayFileError) in
        try NumpyArray(byteCount: byteCount, name: location(of: name), read: read)
      }
      try body(name, array)
    }
  }

  /// Reads some columns of one array, as `NumpyArray(path:columns:)` does of a file.
  ///
  /// All of the array is unpacked, and its checksum compared, but only what is wanted is kept.
  ///
  /// - Parameter columns: from 0, ascending, each once.
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    try withEntry(name, isChecked: true) { (byteCount, read) throws(ArrayFileError) in
      let location = location(of: name)
      let header = try NumpyHeader(byteCount: byteCount, name: location, read: read)
      return try NumpyArray(columns, of: header, name: location, read: read)
    }
  }

  /// What one array says of itself, read without its data.
  ///
  /// - Throws: as for the array; what is wrong with the data does not show.
  public func header(of name: String) throws(ArrayFileError) -> NumpyHeader {
    try withEntry(name, isChecked: false) { (byteCount, read) throws(ArrayFileError) in
      try NumpyHeader(byteCount: byteCount, name: location(of: name), read: read)
    }
  }

  /// What an array says of itself.
  ///
  /// - Throws: `malformed` if there is none of this name.
  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    try header(of: name).description
  }

  private func withEntry<Result>(
    _ name: String, isChecked: Bool,
    _ body: (_ byteCount: Int, _ read: ByteReader) throws(ArrayFileError) -> Result
  ) throws(ArrayFileError) -> Result {
    guard contains(name) else { throw missing(name) }
    return try ZipFile(path: path).withEntry(name + Self.suffix, isChecked: isChecked, body)
  }

  /// Writes arrays to a new archive, whole or not at all.
  ///
  /// Equal arrays in equal order give equal bytes: the entries bear a fixed date.
  ///
  /// - Precondition: the names differ.
  /// - Throws: `exists`, `cannotWrite`.
  public static func write(
    _ arrays: [(name: String, array: NumpyArray)], to path: String, isCompressed: Bool = true,
    replacing: Bool = false
  ) throws(ArrayFileError) {
    precondition(Set(arrays.map(\.name)).count == arrays.count)
    let file = try AtomicFile(path: path, replacing: replacing)
    let entries = arrays.map { (name: $0.name + suffix, bytes: $0.array.encoded()) }
    try file.write(try ZipFile.archive(entries, isCompressed: isCompressed, path: path))
    try file.commit()
  }

  /// Makes a new archive of `.npy` files, which are stored as they are, some bytes at a time.
  ///
  /// - Parameter files: the names of the arrays, which differ, with the paths of their files.
  /// - Throws: `cannotWrite`.
  public static func write(
    files: [(name: String, path: String)], to path: String
  ) throws(ArrayFileError) {
    precondition(Set(files.map(\.name)).count == files.count)
    try ZipFile.write(files: files.map { ($0.name + suffix, $0.path) }, to: path)
  }

  private static let suffix = ".npy"
}
