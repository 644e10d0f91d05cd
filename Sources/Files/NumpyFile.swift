/// An `.npy` file as a file of one array, which is named after it.
public struct NumpyFile: ArrayFile {
  /// Where the file is.
  public let path: String
  /// The names of its arrays.
  public let names: [String]
  /// Whether their order is one that the file has.
  public let isInOwnOrder = true
  private let header: NumpyHeader

  /// Reads the header.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed`.
  public init(path: String) throws(ArrayFileError) {
    self.path = path
    header = try NumpyHeader(path: path)
    let name = FilePlace(splitting: path).name
    names = [name.hasSuffix(".npy") && name.count > 4 ? String(name.dropLast(4)) : name]
  }

  /// The path: the array is all of the file.
  public func location(of name: String) -> String { path }

  /// What an array says of itself.
  ///
  /// - Throws: `malformed` if there is none of this name.
  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    guard contains(name) else { throw missing(name) }
    return header.description
  }

  /// Reads an array.
  ///
  /// - Throws: `malformed` if there is none of this name, or if it is not read.
  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    guard contains(name) else { throw missing(name) }
    return try NumpyArray(path: path)
  }

  /// Reads some columns of an array.
  ///
  /// - Throws: as for the whole array, and `malformed` for a column that is not there.
  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    guard contains(name) else { throw missing(name) }
    return try NumpyArray(path: path, columns: columns)
  }

  /// Reads an array some rows at a time.
  ///
  /// - Throws: as for the whole array.
  public func forEachBlock(
    of name: String, rowCount: Int, _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    guard contains(name) else { throw missing(name) }
    try ReadingFile(path: path).withReader { (_, read) throws(ArrayFileError) in
      try NumpyArray.forEachBlock(
        of: header, name: path, rowCount: rowCount, read: read, body)
    }
  }
}
