/// What an `.npy` file says of itself before its data: element type, order and shape.
public struct NumpyHeader: Equatable, Sendable {
  /// The type of the elements in the file.
  public let type: NumpyType
  /// Whether the first index runs fastest in the file.
  public let isFortranOrder: Bool
  /// The extent of each axis.
  public let shape: [Int]
  /// Where the data begins, bytes from the start of the file.
  public let dataOffset: Int

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Reads the header of the file at `path`, and checks it against the file's size.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed`.
  public init(path: String) throws(ArrayFileError) {
    self = try FileBytes(path: path).withBytes { (bytes) throws(ArrayFileError) in
      try NumpyHeader(bytes, name: path)
    }
  }

  /// Reads the header at the start of `bytes`, the whole of a file: a header that asks for more or
  /// less data than there is, is refused here, before anything is allocated.
  init(_ bytes: UnsafeRawBufferPointer, name: String) throws(ArrayFileError) {
    let dictionary = try Self.dictionaryRange(bytes, name: name)
    var scanner = PythonLiteral(bytes: bytes[dictionary], name: name)
    let fields = try scanner.arrayDescription()
    type = fields.type
    isFortranOrder = fields.isFortranOrder
    shape = fields.shape
    dataOffset = dictionary.upperBound
    try checkSize(bytes.count - dataOffset, name: name)
  }

  private static func dictionaryRange(
    _ bytes: UnsafeRawBufferPointer, name: String
  ) throws(ArrayFileError) -> Range<Int> {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw .malformed(path: name, problem: "is not an .npy file (its first bytes are others)")
    }
    guard bytes.count >= 12 else { throw .malformed(path: name, problem: "ends in its header") }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw .malformed(path: name, problem: "is .npy version \(version); versions 1 to 3 are read")
    }
    let start = version == 1 ? 10 : 12
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= bytes.count - start else {
      throw .malformed(
        path: name,
        problem: "ends in its header: \(length) bytes are announced, \(bytes.count - start) there")
    }
    return start..<start + length
  }

  private func checkSize(_ available: Int, name: String) throws(ArrayFileError) {
    // A zero-sized axis does not excuse extents whose product overflows: callers multiply them.
    var product = type.byteCount
    for extent in shape where extent > 0 {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      guard !overflow, shape.count <= 64 else {
        throw .malformed(path: name, problem: "the shape \(shape) is too large")
      }
      product = next
    }
    if type.byteCount == 0 && count > 0 {
      throw .malformed(path: name, problem: "the elements have no width")
    }
    let expected = shape.contains(0) ? 0 : product
    guard available == expected else {
      throw .malformed(
        path: name,
        problem: "the shape \(shape) of \(type) takes \(expected) bytes, but \(available) follow "
          + "the header")
    }
  }
}
