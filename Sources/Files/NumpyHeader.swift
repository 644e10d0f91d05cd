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

  /// The same as files of any format say it.
  var description: ArrayDescription {
    let isText = type.kind == .text || type.kind == .bytes
    return ArrayDescription(shape: shape, content: isText ? .text : .numbers("\(type)"))
  }
}

extension NumpyHeader {
  /// Reads the header of the file at `path`, and checks it against the file's size.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed`.
  public init(path: String) throws(ArrayFileError) {
    self = try ReadingFile(path: path).withReader { (byteCount, read) throws(ArrayFileError) in
      try NumpyHeader(byteCount: byteCount, name: path, read: read)
    }
  }

  /// Reads the header of a file of `byteCount` bytes, and no byte more: a header that asks for more or
  /// less data than there is, is refused here, before anything is allocated.
  init(byteCount: Int, name: String, read: ByteReader) throws(ArrayFileError) {
    var bytes = try readRange(0..<min(byteCount, 12), by: read)
    let dictionary = try bytes.withUnsafeBufferPointer { (start) throws(ArrayFileError) in
      try Self.dictionaryRange(UnsafeRawBufferPointer(start), byteCount: byteCount, name: name)
    }
    bytes += try readRange(bytes.count..<max(bytes.count, dictionary.upperBound), by: read)
    let fields = try bytes.withUnsafeBufferPointer { (bytes) throws(ArrayFileError) in
      var scanner = PythonLiteral(
        bytes: UnsafeRawBufferPointer(bytes)[dictionary], name: name)
      return try scanner.arrayDescription()
    }
    self.init(
      type: fields.type, isFortranOrder: fields.isFortranOrder, shape: fields.shape,
      dataOffset: dictionary.upperBound)
    try checkSize(byteCount - dataOffset, name: name)
  }

  /// Where the dictionary stands, by the first 12 bytes of a file of `byteCount`.
  private static func dictionaryRange(
    _ bytes: UnsafeRawBufferPointer, byteCount: Int, name: String
  ) throws(ArrayFileError) -> Range<Int> {
    guard bytes.starts(with: [0x93] + Array("NUMPY".utf8)) else {
      throw .malformed(
        path: name,
        problem:
          "is \(FileContent(bytes, name: name).noun), not an .npy file (by its first bytes); save it "
          + "with numpy.save")
    }
    guard bytes.count >= 12 else { throw .malformed(path: name, problem: "ends in its header") }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw .malformed(path: name, problem: "is .npy version \(version); versions 1 to 3 are read")
    }
    let start = version == 1 ? 10 : 12
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= byteCount - start else {
      throw .malformed(
        path: name,
        problem: "ends in its header: \(length) bytes are announced, \(byteCount - start) there")
    }
    guard length <= longest else {
      throw .malformed(
        path: name, problem: "has a header of \(length) bytes; one of numbers or text is short")
    }
    return start..<start + length
  }

  /// Far more than the header of any type that is read needs.
  private static let longest = 1 << 20

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

/// The element type of an `.npy` file: the parts of its `descr`, such as `<f4`.
public struct NumpyType: Equatable, Sendable {
  /// The kinds that are read.
  public enum Kind: Character, Sendable {
    /// A binary floating-point number of 2, 4 or 8 bytes.
    case float = "f"
    /// A signed integer of 1, 2, 4 or 8 bytes.
    case signed = "i"
    /// An unsigned integer of 1, 2, 4 or 8 bytes.
    case unsigned = "u"
    /// A truth value of one byte.
    case bool = "b"
    /// Text of a fixed width, four bytes a character.
    case text = "U"
    /// Bytes of a fixed width.
    case bytes = "S"
    /// A bfloat16 number, the upper half of a `float32`. Safetensors files have them; in an `.npy` file
    /// nothing tells them from other raw bytes, so there they are not read.
    case brain = "V"
  }

  /// What the bytes mean.
  public let kind: Kind
  /// How many bytes an element takes.
  public let byteCount: Int
  /// Whether the highest byte comes first.
  public let isBigEndian: Bool

  /// Reads a `descr`. The problem, for a message, comes back if it names no type that is read.
  ///
  /// - Parameter path: the file, whose name tells GLMsingle's.
  static func parse(_ text: String, path: String) -> Result<NumpyType, Problem> {
    var rest = text[...]
    var order: Character = "|"
    if let first = rest.first, "<>=|".contains(first) {
      order = first
      rest.removeFirst()
    }
    guard let letter = rest.popFirst(), let kind = Kind(rawValue: letter),
      rest.utf8.allSatisfy({ (48...57).contains($0) }), let size = Int(rest),
      kind.holds(size)
    else { return .failure(Problem(clause: refusal(of: text, path: path))) }
    let (byteCount, overflow) = size.multipliedReportingOverflow(by: kind == .text ? 4 : 1)
    guard !overflow else { return .failure(Problem(clause: refusal(of: text, path: path))) }
    return .success(
      NumpyType(kind: kind, byteCount: byteCount, isBigEndian: order == ">"))
  }

  struct Problem: Error { let clause: String }

  private static func refusal(of text: String, path: String) -> String {
    let plain = text.drop { "<>=|".contains($0) }
    let meaning: String
    switch plain.first {
    case "O": return PickledFile.ofArray(path).refusal(of: path)
    case "c": meaning = "complex numbers"
    case "V" where ["V1", "V2"].contains(plain), "b" where plain != "b1":
      return
        "holds raw bytes of type '\(text.prefix(40))', as bfloat16 and 8-bit floats of ml_dtypes "
        + "are saved, and they cannot be told apart; save array.astype('float32')"
    case "V": meaning = "structured or raw records"
    case "M", "m": meaning = "dates or durations"
    default: meaning = "elements of type '\(text.prefix(40))'"
    }
    return "holds \(meaning), which are not read; save numbers or text of a fixed width"
  }
}

extension NumpyType.Kind {
  /// Whether an element of `size` (bytes, for text characters) is read.
  fileprivate func holds(_ size: Int) -> Bool {
    switch self {
    case .float: [2, 4, 8].contains(size)
    case .signed, .unsigned: [1, 2, 4, 8].contains(size)
    case .bool: size == 1
    case .brain: false
    case .text, .bytes: true
    }
  }
}

extension NumpyType: CustomStringConvertible {
  /// The type as NumPy names it: `float16`, `int32`, `bool`, `U12`, `S3`.
  public var description: String {
    switch kind {
    case .float: "float\(byteCount * 8)"
    case .signed: "int\(byteCount * 8)"
    case .unsigned: "uint\(byteCount * 8)"
    case .bool: "bool"
    case .text: "U\(byteCount / 4)"
    case .bytes: "S\(byteCount)"
    case .brain: "bfloat16"
    }
  }
}
