/// The bytes of a MAT-file, or of one variable of it.
struct MatReader {
  static let (matrix, compressed) = (14, 15)

  let bytes: [UInt8]
  let isBig: Bool
  let path: String

  /// A data element: its type and where its data are.
  struct Element {
    let type: Int
    let data: Range<Int>
  }

  /// What a variable says of itself.
  struct Header {
    let name: String
    /// MATLAB's number of its class.
    let kind: Int
    let isComplex: Bool
    let isLogical: Bool
    let shape: [Int]
    /// The product of the shape.
    let count: Int
    /// Where what follows begins, from the start of the variable.
    let rest: Int
    /// How its numbers are stored; nil for what holds none.
    var numbers: NumpyHeader?

    /// Whether it may hold text.
    var isOfText: Bool { kind == 4 || kind == 1 }
  }

  /// The element at a position, which goes on to the next one.
  ///
  /// - Parameter end: where what holds it ends, which may be beyond the bytes that are there.
  func element(at position: inout Int, end: Int) throws(ArrayFileError) -> Element {
    guard min(end, bytes.count) - position >= 8 else { throw cutShort }
    let word = integer(at: position, byteCount: 4)
    let isSmall = word >> 16 != 0
    let type = isSmall ? word & 0xFFFF : word
    let size = isSmall ? word >> 16 : integer(at: position + 4, byteCount: 4)
    let start = position + (isSmall ? 4 : 8)
    guard size <= end - start, !isSmall || size <= 4 else { throw cutShort }
    let next = isSmall ? position + 8 : start + size
    let isPadded = !isSmall && type != Self.compressed
    position = min(isPadded ? (next + 7) & ~7 : next, end)
    return Element(type: type, data: start..<start + size)
  }

  /// The header of the variable that the bytes begin with, and go on to `end`, even beyond those that are
  /// there.
  func header(end: Int) throws(ArrayFileError) -> Header {
    try header(in: 0..<end)
  }

  private func header(in range: Range<Int>) throws(ArrayFileError) -> Header {
    var position = range.lowerBound
    let flags = try element(at: &position, end: range.upperBound)
    guard flags.data.count == 8 else { throw malformed("a variable without its flags") }
    let word = integer(at: flags.data.lowerBound, byteCount: 4)
    let (kind, isComplex, isLogical) = (word & 0xFF, word & 0x800 != 0, word & 0x200 != 0)
    // An object begins with its name instead.
    guard kind != 17 else {
      let name = try text(try element(at: &position, end: range.upperBound))
      return Header(
        name: name, kind: kind, isComplex: false, isLogical: false, shape: [1, 1], count: 1,
        rest: position)
    }
    let shape = try integers(try element(at: &position, end: range.upperBound))
    let name = try text(try element(at: &position, end: range.upperBound))
    // A zero-sized axis does not excuse extents whose product overflows: callers multiply them.
    var product = 16
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: max(extent, 1))
      guard extent >= 0, !overflow, shape.count <= 64 else {
        throw malformed("\(name) has the shape \(shape)")
      }
      product = next
    }
    guard shape.count >= 2 else { throw malformed("\(name) has the shape \(shape)") }
    var header = Header(
      name: name, kind: kind, isComplex: isComplex, isLogical: isLogical, shape: shape,
      count: shape.reduce(1, *), rest: position)
    if (6...15).contains(kind), !isComplex {
      let data = try element(at: &position, end: range.upperBound)
      header.numbers = try numbers(data, shape: shape, name: name)
    }
    return header
  }

  /// How the numbers of an element lie there: those of a class may be stored in a narrower type.
  private func numbers(
    _ element: Element, shape: [Int], name: String
  ) throws(ArrayFileError) -> NumpyHeader {
    guard let (kind, width) = Self.numberTypes[element.type], element.data.count % width == 0
    else { throw malformed("numbers of the type \(element.type)") }
    let count = shape.reduce(1, *)
    guard element.data.count / width == count else {
      throw malformed("\(name) has \(element.data.count / width) numbers for the shape \(shape)")
    }
    return NumpyHeader(
      type: NumpyType(kind: kind, byteCount: width, isBigEndian: isBig), isFortranOrder: true,
      shape: shape, dataOffset: element.data.lowerBound)
  }

  private static let numberTypes: [Int: (NumpyType.Kind, Int)] = [
    1: (.signed, 1), 2: (.unsigned, 1), 3: (.signed, 2), 4: (.unsigned, 2), 5: (.signed, 4),
    6: (.unsigned, 4), 7: (.float, 4), 9: (.float, 8), 12: (.signed, 8), 13: (.unsigned, 8),
  ]
}

extension MatReader.Header {
  /// What the elements are, where they are not text.
  var content: ArrayDescription.Content {
    numbers == nil ? .other(noun) : .numbers(isLogical ? "bool" : Self.classes[kind - 6])
  }

  /// What is not read, or text, by its name.
  var noun: String {
    switch kind {
    case 1: "cells that are not text"
    case 2: "a struct"
    case 4: "text"
    case 5: "a sparse matrix"
    case 6...15: "complex numbers"
    case 16: "a function"
    default: "an object"
    }
  }

  private static let classes = [
    "float64", "float32", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64",
  ]

  /// Numbers as they are stored, in the class of the variable.
  ///
  /// - Throws: `malformed` for whole numbers that are stored as real ones.
  func inOwnClass(_ stored: NumpyArray, name: String) throws(ArrayFileError) -> NumpyArray {
    func whole<Value: FixedWidthInteger>() throws(ArrayFileError) -> [Value] {
      try stored.integers(name: name).map { Value(truncatingIfNeeded: $0) }
    }
    let elements: NumpyArray.Elements
    switch (kind, stored.elements) {
    case (_, .uint8(let values)) where isLogical: elements = .bool(values.map { $0 != 0 })
    case (_, _) where isLogical:
      elements = .bool(try stored.doubles(name: name).map { $0 != 0 })
    case (8, .int8), (9, .uint8), (10, .int16), (11, .uint16), (12, .int32), (13, .uint32),
      (14, .int64), (15, .uint64):
      elements = stored.elements
    case (6, _): elements = .float64(try stored.doubles(name: name))
    case (7, _): elements = .float32(try stored.floats(name: name))
    case (8, _): elements = .int8(try whole())
    case (9, _): elements = .uint8(try whole())
    case (10, _): elements = .int16(try whole())
    case (11, _): elements = .uint16(try whole())
    case (12, _): elements = .int32(try whole())
    case (13, _): elements = .uint32(try whole())
    case (14, _): elements = .int64(try whole())
    default: elements = .uint64(try whole())
    }
    return NumpyArray(shape: stored.shape, elements: elements)
  }
}

extension MatReader {
  /// The texts of a variable, all of whose bytes these are: the rows of a text, or the cells of a cell
  /// array; nil for cells that are not all text.
  func texts(of header: Header) throws(ArrayFileError) -> [String]? {
    var position = header.rest
    if header.kind == 4 {
      let letters = try element(at: &position, end: bytes.count)
      return try rows(of: letters, count: header.shape[0], letterCount: header.count)
    }
    var texts: [String] = []
    while texts.count < header.count {
      let cell = try element(at: &position, end: bytes.count)
      guard cell.type == Self.matrix, !cell.data.isEmpty else { return nil }
      let own = try self.header(in: cell.data)
      guard own.kind == 4 else { return nil }
      var start = own.rest
      let letters = try element(at: &start, end: cell.data.upperBound)
      let rows = try rows(of: letters, count: own.shape[0], letterCount: own.count)
      guard rows.count <= 1 else { return nil }
      texts.append(rows.first ?? "")
    }
    return texts
  }

  var cutShort: ArrayFileError { malformed("it is cut short") }

  private func malformed(_ problem: String) -> ArrayFileError {
    .malformed(path: path, problem: "is a damaged MAT-file: \(problem)")
  }

  /// A number without a sign that lies within the bytes.
  func integer(at position: Int, byteCount: Int) -> Int {
    Int(truncatingIfNeeded: bits(at: position, byteCount: byteCount))
  }

  private func bits(at position: Int, byteCount: Int) -> UInt64 {
    (0..<byteCount).reduce(0) { bits, place in
      bits << 8 | UInt64(bytes[position + (isBig ? place : byteCount - 1 - place)])
    }
  }

  /// Whole numbers of 4 bytes, as those of a shape are.
  private func integers(_ element: Element) throws(ArrayFileError) -> [Int] {
    guard element.type == 5 || element.type == 6, element.data.count % 4 == 0 else {
      throw malformed("numbers of the type \(element.type)")
    }
    guard element.data.upperBound <= bytes.count else { throw cutShort }
    return stride(from: element.data.lowerBound, to: element.data.upperBound, by: 4).map {
      let number = integer(at: $0, byteCount: 4)
      return element.type == 5 ? Int(Int32(truncatingIfNeeded: number)) : number
    }
  }

  /// The letters of an element: UTF-8 in bytes, or UTF-16.
  private func text(_ element: Element) throws(ArrayFileError) -> String {
    guard element.data.upperBound <= bytes.count else { throw cutShort }
    switch element.type {
    case 1, 2, 16: return String(decoding: bytes[element.data], as: UTF8.self)
    case 4, 17: return String(decoding: units(element), as: UTF16.self)
    default: throw malformed("a text of the type \(element.type)")
    }
  }

  private func units(_ element: Element) -> [UInt16] {
    stride(from: element.data.lowerBound, to: element.data.upperBound - 1, by: 2).map {
      UInt16(truncatingIfNeeded: bits(at: $0, byteCount: 2))
    }
  }

  /// The rows of a text, whose letters lie column by column, without the blanks that fill them.
  private func rows(
    of element: Element, count: Int, letterCount: Int
  ) throws(ArrayFileError) -> [String] {
    guard letterCount > 0 else { return [] }
    guard count > 1 else { return [try text(element)] }
    let letters = Array(try text(element).utf16)
    guard letters.count == letterCount else { throw malformed("a text of uneven rows") }
    return (0..<count).map { row in
      let units = stride(from: row, to: letters.count, by: count).map { letters[$0] }
      return String(decoding: units, as: UTF16.self).trimmingBlanks
    }
  }
}
