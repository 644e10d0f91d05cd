/// An `.npy` file as a file of one array, which is named after it.
public struct NumpyFile: ArrayFile {
  public let path: String
  public let names: [String]
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

  public func description(of name: String) throws(ArrayFileError) -> ArrayDescription {
    guard contains(name) else { throw missing(name) }
    return header.description
  }

  public func array(_ name: String) throws(ArrayFileError) -> NumpyArray {
    guard contains(name) else { throw missing(name) }
    return try NumpyArray(path: path)
  }

  public func array(_ name: String, columns: [Int]) throws(ArrayFileError) -> NumpyArray {
    guard contains(name) else { throw missing(name) }
    return try NumpyArray(path: path, columns: columns)
  }

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
