/// The header of a safetensors file, checked against the size of the file.
struct SafetensorsHeader {
  /// What the header says of an array.
  struct Tensor {
    let name: String
    /// As the format names it: `F32`.
    let type: String
    let shape: [Int]
    /// Where its data stand after the header.
    let range: Range<Int>
    /// The same as an `.npy` file would say it, with the place in the file; nil for a type that is not
    /// read.
    fileprivate(set) var header: NumpyHeader?
  }

  /// The arrays in the order of their data.
  private(set) var tensors: [Tensor] = []
  private(set) var metadata: [String: String] = [:]

  /// The format's own limit.
  private static let longest = 100_000_000

  init(byteCount: Int, path: String, read: ByteReader) throws(ArrayFileError) {
    func malformed(_ problem: String) -> ArrayFileError {
      .malformed(path: path, problem: "is a damaged safetensors file: \(problem)")
    }
    guard byteCount >= 8 else { throw malformed("it ends before its header") }
    let size = try readRange(0..<8, by: read).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard size <= UInt64(byteCount - 8) else {
      throw malformed("a header of \(size) bytes is announced, but \(byteCount - 8) bytes follow")
    }
    guard size <= UInt64(Self.longest) else {
      throw malformed("its header has \(size) bytes, and \(Self.longest) are the most")
    }
    let start = 8 + Int(size)
    let bytes = try readRange(8..<start, by: read)
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw malformed("its header is not UTF-8")
    }
    var scanner = SafetensorsScanner(bytes: bytes)
    do throws(SafetensorsScanner.Problem) {
      (tensors, metadata) = try scanner.header()
    } catch {
      throw malformed(error.clause)
    }
    tensors = tensors.enumerated()
      .sorted {
        ($0.element.range.lowerBound, $0.element.range.upperBound, $0.offset)
          < ($1.element.range.lowerBound, $1.element.range.upperBound, $1.offset)
      }.map(\.element)
    var end = 0
    for place in tensors.indices {
      let (name, range) = (tensors[place].name, tensors[place].range)
      guard range.lowerBound == end else {
        throw malformed(
          range.lowerBound < end
            ? "the data of '\(name)' begin at \(range.lowerBound), within those before"
            : "bytes \(end) to \(range.lowerBound) before the data of '\(name)' belong to nothing")
      }
      end = range.upperBound
      tensors[place].header = try Self.header(tensors[place], start: start, malformed)
    }
    guard end == byteCount - start else {
      throw malformed("its data take \(end) bytes, but \(byteCount - start) follow the header")
    }
  }

  private static func header(
    _ tensor: Tensor, start: Int, _ malformed: (String) -> ArrayFileError
  ) throws(ArrayFileError) -> NumpyHeader? {
    // A zero-sized axis does not excuse extents whose product overflows: callers multiply them.
    var count = 1
    for extent in tensor.shape where extent > 0 {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow, product <= Int.max >> 4, tensor.shape.count <= 64 else {
        throw malformed("the shape of '\(tensor.name)' is too large")
      }
      count = product
    }
    guard let (kind, size) = types[tensor.type] else { return nil }
    let needed = tensor.shape.contains(0) ? 0 : count * size
    guard tensor.range.count == needed else {
      throw malformed(
        "'\(tensor.name)' of type \(tensor.type) and shape \(tensor.shape) takes \(needed) bytes, but "
          + "has \(tensor.range.count)")
    }
    return NumpyHeader(
      type: NumpyType(kind: kind, byteCount: size, isBigEndian: false), isFortranOrder: false,
      shape: tensor.shape, dataOffset: start + tensor.range.lowerBound)
  }

  private static let types: [String: (NumpyType.Kind, Int)] = [
    "F64": (.float, 8), "F32": (.float, 4), "F16": (.float, 2), "BF16": (.brain, 2),
    "I64": (.signed, 8), "I32": (.signed, 4), "I16": (.signed, 2), "I8": (.signed, 1),
    "U64": (.unsigned, 8), "U32": (.unsigned, 4), "U16": (.unsigned, 2), "U8": (.unsigned, 1),
    "BOOL": (.bool, 1),
  ]

  /// Whether the data lie as the usual library sorts them, whoever wrote them: the widest first, those of
  /// one type by their names.
  var isSortedByName: Bool {
    zip(tensors, tensors.dropFirst()).allSatisfy { first, second in
      first.type == second.type
        ? first.name.utf8.lexicographicallyPrecedes(second.name.utf8)
        : (Self.types[first.type]?.1 ?? 0) >= (Self.types[second.type]?.1 ?? 0)
    }
  }
}

/// Reads the JSON of a header: an object of objects, and no deeper.
private struct SafetensorsScanner {
  struct Problem: Error { let clause: String }

  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func header() throws(Problem) -> ([SafetensorsHeader.Tensor], [String: String]) {
    var tensors: [SafetensorsHeader.Tensor] = []
    var metadata: [String: String]?
    var seen: Set<String> = []
    try object { (scanner, key) throws(Problem) in
      guard seen.insert(key).inserted else {
        throw Problem(clause: "two arrays are named '\(key.prefix(80))'")
      }
      if key == "__metadata__" {
        var texts: [String: String] = [:]
        try scanner.object { (scanner, key) throws(Problem) in
          guard texts.updateValue(try scanner.text(), forKey: key) == nil else {
            throw Problem(clause: "two metadata are named '\(key.prefix(80))'")
          }
        }
        metadata = texts
      } else {
        tensors.append(try scanner.tensor(key))
      }
    }
    skipSpace()
    guard position == bytes.count else { throw broken("text follows its end") }
    return (tensors, metadata ?? [:])
  }

  private mutating func tensor(_ name: String) throws(Problem) -> SafetensorsHeader.Tensor {
    var (type, shape, offsets) = (String?.none, [Int]?.none, [Int]?.none)
    try object { (scanner, key) throws(Problem) in
      switch key {
      case "dtype" where type == nil: type = try scanner.text()
      case "shape" where shape == nil: shape = try scanner.integers()
      case "data_offsets" where offsets == nil: offsets = try scanner.integers()
      default:
        throw Problem(
          clause: "the key '\(key.prefix(40))' of '\(name.prefix(80))' is unknown or repeated")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2, offsets[0] <= offsets[1] else {
      throw Problem(
        clause: "'\(name.prefix(80))' lacks its dtype, its shape or two data_offsets that ascend")
    }
    return .init(
      name: name, type: type, shape: shape, range: offsets[0]..<offsets[1], header: nil)
  }

  private mutating func object(
    _ body: (inout SafetensorsScanner, _ key: String) throws(Problem) -> Void
  ) throws(Problem) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let key = try text()
      try expect(":")
      try body(&self, key)
    } while accept(",")
    try expect("}")
  }

  private mutating func integers() throws(Problem) -> [Int] {
    var integers: [Int] = []
    try expect("[")
    if accept("]") { return integers }
    repeat {
      skipSpace()
      let digits = bytes[position...].prefix { (48...57).contains($0) }
      position = digits.endIndex
      guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
        throw broken("a whole number from 0 to \(Int.max) is missing")
      }
      integers.append(value)
    } while accept(",")
    try expect("]")
    return integers
  }

  // MARK: Text

  private mutating func text() throws(Problem) -> String {
    try expect("\"")
    var text: [UInt8] = []
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
      case 0..<0x20: throw broken("a control character stands in a text")
      default: text.append(byte)
      }
    }
    throw broken("a text is not closed")
  }

  private mutating func escaped() throws(Problem) -> Unicode.Scalar {
    let plain: [UInt8: Unicode.Scalar] = [
      0x22: "\"", 0x5C: "\\", 0x2F: "/", 0x62: "\u{8}", 0x66: "\u{C}", 0x6E: "\n", 0x72: "\r",
      0x74: "\t",
    ]
    let letter = next() ?? 0
    if let scalar = plain[letter] { return scalar }
    guard letter == UInt8(ascii: "u") else { throw broken("an escape is unknown") }
    let unit = try hexadecimal()
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard (0xD800..<0xDC00).contains(unit), next() == 0x5C, next() == UInt8(ascii: "u") else {
      throw broken("half of a character is escaped")
    }
    let low = try hexadecimal()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
    else { throw broken("half of a character is escaped") }
    return scalar
  }

  private mutating func hexadecimal() throws(Problem) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    position = digits.endIndex
    let isPlain = digits.count == 4 && digits.allSatisfy { $0 != 0x2B && $0 != 0x2D }
    guard isPlain, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16) else {
      throw broken("an escape is cut short")
    }
    return value
  }

  // MARK: Bytes

  private mutating func next() -> UInt8? {
    guard position < bytes.count else { return nil }
    position += 1
    return bytes[position - 1]
  }

  private mutating func skipSpace() {
    while position < bytes.count, " \t\r\n".utf8.contains(bytes[position]) { position += 1 }
  }

  private mutating func accept(_ token: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, UInt32(bytes[position]) == token.value else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ token: Unicode.Scalar) throws(Problem) {
    guard accept(token) else { throw broken("a '\(token)' is missing") }
  }

  private func broken(_ problem: String) -> Problem {
    Problem(clause: "its header is no JSON of tensors: \(problem), byte \(position)")
  }
}
