extension NumpyArray {
  /// Writes the array to an `.npy` file (version 1, little-endian, C order), whole or not at all.
  ///
  /// The bytes are those that `numpy.save` writes.
  ///
  /// - Throws: `exists`, `cannotWrite`.
  public func write(to path: String, replacing: Bool = false) throws(ArrayFileError) {
    let file = try AtomicFile(path: path, replacing: replacing)
    try file.write(header)
    if let data = textData {
      try file.write(data)
    } else {
      try withNumberBytes { (bytes) throws(ArrayFileError) in try file.write(bytes) }
    }
    try file.commit()
  }

  /// The bytes of the `.npy` file.
  public func encoded() -> [UInt8] {
    var result = header
    if let data = textData { return result + data }
    withNumberBytes { result.append(contentsOf: $0) }
    return result
  }

  private var header: [UInt8] { Self.header(shape: shape, descriptor: descriptor) }

  /// Magic, version, length and dictionary, padded to a multiple of 64 bytes.
  static func header(shape: [Int], descriptor: String) -> [UInt8] {
    let extents = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = "{'descr': '\(descriptor)', 'fortran_order': False, 'shape': (\(extents)), }"
    // NumPy leaves room for the first extent to grow to 21 digits; with it the bytes are the same.
    if let first = shape.first {
      text += String(repeating: " ", count: max(0, 21 - "\(first)".count))
    }
    let unpadded = 10 + text.utf8.count + 1
    text += String(repeating: " ", count: (64 - unpadded % 64) % 64) + "\n"
    let length = text.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xFF), UInt8(length >> 8)]
      + Array(text.utf8)
  }

  private var descriptor: String {
    switch elements {
    case .float32: "<f4"
    case .float64: "<f8"
    case .int8: "|i1"
    case .int16: "<i2"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .uint16: "<u2"
    case .uint32: "<u4"
    case .uint64: "<u8"
    case .bool: "|b1"
    case .strings(let values): "<U\(Self.width(values.map(\.unicodeScalars.count)))"
    case .bytes(let values): "|S\(Self.width(values.map(\.utf8.count)))"
    }
  }

  /// The width of the widest text; like NumPy never 0.
  private static func width(_ counts: [Int]) -> Int { max(1, counts.max() ?? 1) }

  /// Text laid out in its fixed width; nil for numbers.
  private var textData: [UInt8]? {
    switch elements {
    case .strings(let values):
      let width = Self.width(values.map(\.unicodeScalars.count))
      return values.flatMap { text in
        let codes = text.unicodeScalars.map(\.value)
        let padded = codes + Array(repeating: 0, count: width - codes.count)
        return padded.flatMap { code in (0..<4).map { UInt8(truncatingIfNeeded: code >> ($0 * 8)) }
        }
      }
    case .bytes(let values):
      let width = Self.width(values.map(\.utf8.count))
      return values.flatMap { Array($0.utf8) + Array(repeating: 0, count: width - $0.utf8.count) }
    default: return nil
    }
  }

  /// Calls `body` with the numbers as they lie in memory, which is little-endian on every machine
  /// that the package is built for.
  func withNumberBytes<Failure>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    switch elements {
    case .float32(let values): try Self.pass(values, to: body)
    case .float64(let values): try Self.pass(values, to: body)
    case .int8(let values): try Self.pass(values, to: body)
    case .int16(let values): try Self.pass(values, to: body)
    case .int32(let values): try Self.pass(values, to: body)
    case .int64(let values): try Self.pass(values, to: body)
    case .uint8(let values): try Self.pass(values, to: body)
    case .uint16(let values): try Self.pass(values, to: body)
    case .uint32(let values): try Self.pass(values, to: body)
    case .uint64(let values): try Self.pass(values, to: body)
    case .bool(let values): try Self.pass(values.map { UInt8($0 ? 1 : 0) }, to: body)
    case .strings, .bytes: break
    }
  }

  private static func pass<Value, Failure>(
    _ values: [Value], to body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    try values.withUnsafeBufferPointer { (buffer) throws(Failure) in
      try body(UnsafeRawBufferPointer(buffer))
    }
  }
}
