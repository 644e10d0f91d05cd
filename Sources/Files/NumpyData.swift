extension NumpyArray {
  /// Reads the `.npy` file at `path`.
  ///
  /// Versions 1 to 3, both byte orders, C and Fortran order. Nothing is allocated before the
  /// announced shape has been found to be just as large as the file, and numbers are read into their
  /// place, so that a file in C order is in memory once.
  ///
  /// - Throws: `missing`, `unreadable`, or `malformed`: a broken header, too few or too many bytes,
  ///   or a type other than real numbers, integers, truth values and text of a fixed width.
  public init(path: String) throws(ArrayFileError) {
    let file = try ReadingFile(path: path)
    self = try file.withReader { (byteCount, read) throws(ArrayFileError) in
      try NumpyArray(byteCount: byteCount, name: path, read: read)
    }
  }

  /// Reads the bytes of a whole `.npy` file; `name` stands for its path in errors.
  ///
  /// - Throws: `malformed`.
  public init(decoding bytes: [UInt8], name: String) throws(ArrayFileError) {
    self = try bytes.withUnsafeBufferPointer { (bytes) throws(ArrayFileError) in
      try NumpyArray(byteCount: bytes.count, name: name, read: bytes.reader)
    }
  }

  init(byteCount: Int, name: String, read: ByteReader) throws(ArrayFileError) {
    let header = try NumpyHeader(byteCount: byteCount, name: name, read: read)
    self.init(
      shape: header.shape,
      elements: try NumpyData(header: header, name: name).elements(0..<header.count, read))
  }
}

extension NumpyArray {
  /// Reads blocks of rows; of an array in Fortran order, whose rows lie nowhere together, all at once.
  static func forEachBlock(
    of header: NumpyHeader, name: String, rowCount: Int, read: ByteReader,
    _ body: (NumpyArray) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    let data = NumpyData(header: header, name: name)
    let (height, width) = (header.shape.first ?? 1, header.shape.dropFirst().reduce(1, *))
    let atOnce = header.isFortranOrder ? max(1, height) : max(1, rowCount)
    for start in stride(from: 0, to: height, by: atOnce) {
      let rows = start..<min(start + atOnce, height)
      let elements = try data.elements(rows.lowerBound * width..<rows.upperBound * width, read)
      try body(
        NumpyArray(shape: [rows.count] + header.shape.dropFirst(), elements: elements))
    }
  }
}

/// The data part of an `.npy` file, with the header that tells how to read it.
///
/// Numbers are read into the memory of their array. The header has been checked to agree with the
/// number of bytes.
struct NumpyData {
  let header: NumpyHeader
  /// What errors call the file.
  let name: String
  var machine = MachineLimits.own

  /// Refuses elements that take more memory than there is, before any of them is read: an entry of an
  /// archive may stand for a thousand times its bytes.
  func checkMemory(_ count: Int) throws(ArrayFileError) {
    let width = header.type.byteCount
    let copy =
      switch (header.type.kind, width) {
      case (.text, _), (.bytes, _): MemoryLayout<String>.size
      case (.float, 2): MemoryLayout<Float>.size
      case (.bool, _): width
      default: header.isFortranOrder ? width : 0
      }
    try machine.check(count * (width + copy), for: "the array", of: name)
  }

  /// Some elements that follow one another in the file, in C order; of a Fortran array only all.
  func elements(
    _ range: Range<Int>, _ read: ByteReader
  ) throws(ArrayFileError) -> NumpyArray.Elements {
    try checkMemory(range.count)
    return switch (header.type.kind, header.type.byteCount) {
    case (.float, 2): .float32(ordered(try widened(range, read, Self.float(half:))))
    case (.brain, _): .float32(try widened(range, read) { Float(bitPattern: UInt32($0) << 16) })
    case (.float, 4): .float32(ordered(try numbers(range, read)))
    case (.float, _): .float64(ordered(try numbers(range, read)))
    case (.signed, 1): .int8(ordered(try numbers(range, read)))
    case (.signed, 2): .int16(ordered(try numbers(range, read)))
    case (.signed, 4): .int32(ordered(try numbers(range, read)))
    case (.signed, _): .int64(ordered(try numbers(range, read)))
    case (.unsigned, 1): .uint8(ordered(try numbers(range, read)))
    case (.unsigned, 2): .uint16(ordered(try numbers(range, read)))
    case (.unsigned, 4): .uint32(ordered(try numbers(range, read)))
    case (.unsigned, _): .uint64(ordered(try numbers(range, read)))
    case (.bool, _): .bool(ordered((try numbers(range, read) as [UInt8]).map { $0 != 0 }))
    case (.text, _): .strings(ordered(try texts(range, read, as: UTF32.self)))
    case (.bytes, _): .bytes(ordered(try texts(range, read, as: UTF8.self)))
    }
  }

  // MARK: Numbers

  /// Words that are as wide as their numbers, or characters; several of these make an element.
  private func numbers<Value: BitwiseCopyable>(
    _ range: Range<Int>, _ read: ByteReader
  ) throws(ArrayFileError) -> [Value] {
    let size = MemoryLayout<Value>.size
    let byteCount = range.count * header.type.byteCount
    var failure: ArrayFileError?
    let values = [Value](
      unsafeUninitializedCapacity: byteCount / size
    ) { buffer, initializedCount in
      let bytes = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<byteCount])
      do throws(ArrayFileError) {
        try read(header.dataOffset + range.lowerBound * header.type.byteCount, bytes)
        if header.type.isBigEndian { Self.swapBytes(bytes, width: size) }
        initializedCount = byteCount / size
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return values
  }

  private static func swapBytes(_ bytes: UnsafeMutableRawBufferPointer, width: Int) {
    func swap<Word: FixedWidthInteger>(_: Word.Type) {
      bytes.withMemoryRebound(to: Word.self) { words in
        for index in words.indices { words[index] = words[index].byteSwapped }
      }
    }
    switch width {
    case 2: swap(UInt16.self)
    case 4: swap(UInt32.self)
    case 8: swap(UInt64.self)
    default: break
    }
  }

  /// Numbers of two bytes as the floats that hold them exactly.
  @inline(__always)
  private func widened(
    _ range: Range<Int>, _ read: ByteReader, _ float: (UInt16) -> Float
  ) throws(ArrayFileError) -> [Float] {
    let halves: [UInt16] = try numbers(range, read)
    return [Float](unsafeUninitializedCapacity: halves.count) { buffer, initializedCount in
      for index in halves.indices {
        buffer.initializeElement(at: index, to: float(halves[index]))
      }
      initializedCount = halves.count
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

  // MARK: Text

  private func texts<Encoding: Unicode.Encoding>(
    _ range: Range<Int>, _ read: ByteReader, as encoding: Encoding.Type
  ) throws(ArrayFileError) -> [String] where Encoding.CodeUnit: BitwiseCopyable {
    let codes: [Encoding.CodeUnit] = try numbers(range, read)
    let width = header.type.byteCount / MemoryLayout<Encoding.CodeUnit>.size
    var texts: [String] = []
    texts.reserveCapacity(range.count)
    for index in 0..<range.count {
      var units = codes[index * width..<(index + 1) * width]
      while units.last == 0 { units.removeLast() }
      guard let text = String(validating: units, as: encoding) else {
        throw .malformed(
          path: name, problem: "element \(range.lowerBound + index) is not Unicode text")
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
    guard header.isFortranOrder, header.count > 0 else { return values }
    var values = values
    var rest = header.count
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
