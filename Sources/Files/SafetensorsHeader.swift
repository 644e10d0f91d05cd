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
    var header: NumpyHeader?
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
