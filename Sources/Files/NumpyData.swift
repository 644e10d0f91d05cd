extension NumpyArray {
  /// Reads the `.npy` file at `path`.
  ///
  /// Versions 1 to 3, both byte orders, C and Fortran order. Nothing is allocated before the
  /// announced shape has been found to be just as large as the file.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed`: a broken header, too few or too many bytes,
  ///   or a type other than real numbers, integers, truth values and text of a fixed width.
  public init(path: String) throws(ArrayFileError) {
    self = try FileBytes(path: path).withBytes { (bytes) throws(ArrayFileError) in
      try NumpyArray(bytes, name: path)
    }
  }

  /// Reads the bytes of a whole `.npy` file; `name` stands for its path in errors.
  ///
  /// - Throws: `malformed`.
  public init(decoding bytes: [UInt8], name: String) throws(ArrayFileError) {
    self = try bytes.withUnsafeBufferPointer { (buffer) throws(ArrayFileError) in
      try NumpyArray(UnsafeRawBufferPointer(buffer), name: name)
    }
  }

  init(_ bytes: UnsafeRawBufferPointer, name: String) throws(ArrayFileError) {
    let header = try NumpyHeader(bytes, name: name)
    let data = NumpyData(
      bytes: UnsafeRawBufferPointer(rebasing: bytes[header.dataOffset...]), header: header)
    self.init(shape: header.shape, elements: try data.elements(name: name))
  }
}

/// The data part of an `.npy` file, with the header that tells how to read it.
///
/// The loops run over raw pointers: they are the hot part of reading (tens of millions of
/// elements), and in this form the compiler vectorises them. The header has been checked to agree
/// with the number of bytes.
struct NumpyData {
  let bytes: UnsafeRawBufferPointer
  let header: NumpyHeader

  private var count: Int { header.count }

  func elements(name: String) throws(ArrayFileError) -> NumpyArray.Elements {
    switch (header.type.kind, header.type.byteCount) {
    case (.float, 2): .float32(ordered(halves()))
    case (.float, 4): .float32(ordered(floats()))
    case (.float, _): .float64(ordered(doubles()))
    case (.signed, 1): .int8(ordered(integers()))
    case (.signed, 2): .int16(ordered(integers()))
    case (.signed, 4): .int32(ordered(integers()))
    case (.signed, _): .int64(ordered(integers()))
    case (.unsigned, 1): .uint8(ordered(integers()))
    case (.unsigned, 2): .uint16(ordered(integers()))
    case (.unsigned, 4): .uint32(ordered(integers()))
    case (.unsigned, _): .uint64(ordered(integers()))
    case (.bool, _): .bool(ordered(bytes.map { $0 != 0 }))
    case (.text, _): .strings(ordered(try texts(name: name)))
    case (.bytes, _): .bytes(ordered(try byteTexts(name: name)))
    }
  }

  // MARK: Numbers

  private func integers<Value: FixedWidthInteger & BitwiseCopyable>() -> [Value] {
    var values = copied(as: Value.self)
    if header.type.isBigEndian {
      for index in values.indices { values[index] = Value(bigEndian: values[index]) }
    }
    return values
  }

  private func floats() -> [Float] {
    guard header.type.isBigEndian else { return copied(as: Float.self) }
    return (integers() as [UInt32]).map { Float(bitPattern: $0) }
  }

  private func doubles() -> [Double] {
    guard header.type.isBigEndian else { return copied(as: Double.self) }
    return (integers() as [UInt64]).map { Double(bitPattern: $0) }
  }

  private func halves() -> [Float] {
    let isBigEndian = header.type.isBigEndian
    guard let source = bytes.baseAddress else { return [] }
    return [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      for index in 0..<count {
        let half = source.loadUnaligned(fromByteOffset: index * 2, as: UInt16.self)
        buffer.initializeElement(
          at: index, to: Self.float(half: isBigEndian ? half.byteSwapped : half))
      }
      initializedCount = count
    }
  }

  /// The number with the bits of a half float, exactly.
  ///
  /// Shifting exponent and fraction into place leaves the number 2^112 too small, subnormals
  /// included; infinity and NaN then get their exponent back. There is no branch and no call in it,
  /// so that the loop around it is vectorised on processors without half floats.
  @inline(__always)
  static func float(half: UInt16) -> Float {
    let magnitude = UInt32(half & 0x7FFF) &<< 13
    let scaled = Float(bitPattern: magnitude) * 0x1p112
    let exponent: UInt32 = magnitude >= 0x0F80_0000 ? 0x7F80_0000 : 0
    let sign = UInt32(half & 0x8000) &<< 16
    return Float(bitPattern: scaled.bitPattern | exponent | sign)
  }

  private func copied<Value: BitwiseCopyable>(as type: Value.Type) -> [Value] {
    [Value](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      UnsafeMutableRawBufferPointer(buffer).copyMemory(from: bytes)
      initializedCount = count
    }
  }

  // MARK: Text

  private func texts(name: String) throws(ArrayFileError) -> [String] {
    let codes: [UInt32] = (0..<bytes.count / 4).map {
      let code = bytes.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)
      return header.type.isBigEndian ? code.byteSwapped : code
    }
    return try split(codes, width: header.type.byteCount / 4, as: UTF32.self, name: name)
  }

  private func byteTexts(name: String) throws(ArrayFileError) -> [String] {
    try split(Array(bytes), width: header.type.byteCount, as: UTF8.self, name: name)
  }

  private func split<Encoding: Unicode.Encoding>(
    _ codes: [Encoding.CodeUnit], width: Int, as encoding: Encoding.Type, name: String
  ) throws(ArrayFileError) -> [String] {
    var texts: [String] = []
    texts.reserveCapacity(count)
    for index in 0..<count {
      var units = codes[index * width..<(index + 1) * width]
      while units.last == 0 { units.removeLast() }
      guard let text = String(validating: units, as: encoding) else {
        throw .malformed(path: name, problem: "element \(index) is not Unicode text")
      }
      texts.append(text)
    }
    return texts
  }

  // MARK: Order

  /// The elements in C order.
  ///
  /// A Fortran array of shape (d0, d1 …) is a C matrix of (… d1) rows and d0 columns. Its transpose
  /// has the first axis in place, and each row of it is a Fortran array of shape (d1 …).
  private func ordered<Value>(_ values: [Value]) -> [Value] {
    guard header.isFortranOrder, count > 0 else { return values }
    var values = values
    var rest = count
    for extent in header.shape.dropLast() {
      values = transpose(values, rows: rest / extent, columns: extent)
      rest /= extent
    }
    return values
  }

  /// Transposes each of the matrices that follow one another in `values`, by tiles that fit the
  /// cache.
  private func transpose<Value>(_ values: [Value], rows: Int, columns: Int) -> [Value] {
    guard rows > 1, columns > 1 else { return values }
    let tile = 32
    return [Value](unsafeUninitializedCapacity: values.count) { buffer, initializedCount in
      values.withUnsafeBufferPointer { source in
        for start in stride(from: 0, to: values.count, by: rows * columns) {
          for top in stride(from: 0, to: rows, by: tile) {
            for left in stride(from: 0, to: columns, by: tile) {
              for column in left..<min(left + tile, columns) {
                for row in top..<min(top + tile, rows) {
                  buffer.initializeElement(
                    at: start + column * rows + row, to: source[start + row * columns + column])
                }
              }
            }
          }
        }
      }
      initializedCount = values.count
    }
  }
}
