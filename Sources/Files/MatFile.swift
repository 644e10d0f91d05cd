/// The variables of a MAT-file of version 5, as MATLAB's `save` writes it with `-v6` or `-v7` and SciPy's
/// `savemat`: arrays of real numbers, and lists of text.
public struct MatFile: Sendable {
  /// What a variable holds.
  public enum Value: Equatable, Sendable {
    /// Real numbers, with the axes that MATLAB shows: element (i, j, k) of a variable of shape
    /// [r, c, p] stands at (i · c + j) · p + k.
    case numbers(NumpyArray)
    /// The rows of a text, or the cells of a cell array of texts in MATLAB's order.
    case texts([String])
    /// Anything else, by its name: a struct, an object, complex numbers.
    case other(String)
  }

  /// The variables in the order of the file.
  public let variables: [(name: String, value: Value)]

  /// Reads all variables.
  ///
  /// A compressed variable is unpacked as far as it says that it goes, and no variable is read that takes
  /// more memory than `machine` has.
  ///
  /// - Throws: `missing`, `unreadable`; `malformed` for another version, for a file that is cut short or
  ///   contradicts itself, and for a variable that does not fit into the memory.
  public init(path: String, machine: MachineLimits = .own) throws(ArrayFileError) {
    let bytes = try ReadingFile(path: path).readToEnd()
    let isNewer =
      bytes.starts(with: Self.hierarchical)
      || bytes.prefix(19).elementsEqual("MATLAB 7.3 MAT-file".utf8)
    guard !isNewer else {
      throw .malformed(
        path: path,
        problem: "is a MAT-file of version 7.3 (HDF5), which is not read; save it in MATLAB with "
          + "save(..., '-v7'), or as .npy")
    }
    guard bytes.count >= 128, bytes.starts(with: "MATLAB ".utf8) else {
      throw .malformed(path: path, problem: "is no MAT-file of version 5")
    }
    let isBig = bytes[126...127].elementsEqual("MI".utf8)
    guard isBig || bytes[126...127].elementsEqual("IM".utf8) else {
      throw .malformed(path: path, problem: "has no mark of its byte order in its header")
    }
    let reader = MatReader(bytes: bytes, isBig: isBig, path: path, machine: machine)
    var (position, variables) = (128, [(name: String, value: Value)]())
    while position < bytes.count {
      let element = try reader.element(at: &position, end: bytes.count)
      switch element.type {
      case MatReader.compressed:
        guard let unpacked = try reader.unpacked(element.data) else { continue }
        variables.append(try unpacked.variable(8..<unpacked.bytes.count))
      case MatReader.matrix: variables.append(try reader.variable(element.data))
      default: continue
      }
    }
    self.variables = variables
  }

  /// The first bytes of HDF5.
  private static let hierarchical: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
}

/// The bytes of a MAT-file, or of one compressed variable of it.
private struct MatReader {
  static let (matrix, compressed) = (14, 15)

  let bytes: [UInt8]
  let isBig: Bool
  let path: String
  let machine: MachineLimits

  /// A data element: its type and where its data are.
  struct Element {
    let type: Int
    let data: Range<Int>
  }

  /// The element at a position, which goes on to the next one.
  func element(at position: inout Int, end: Int) throws(ArrayFileError) -> Element {
    guard end - position >= 8 else { throw cutShort }
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

  /// A compressed variable, its tag first; nil for an element of another type.
  func unpacked(_ data: Range<Int>) throws(ArrayFileError) -> MatReader? {
    func reader(_ count: Int, isWhole: Bool) throws(ArrayFileError) -> MatReader {
      let unpacked = try inflated(bytes[data], count: count, isWhole: isWhole, path: path)
      return MatReader(bytes: unpacked, isBig: isBig, path: path, machine: machine)
    }
    let tag = try reader(8, isWhole: false)
    guard tag.integer(at: 0, byteCount: 4) == Self.matrix else { return nil }
    let size = 8 + tag.integer(at: 4, byteCount: 4)
    try machine.check(bytes.count + size, for: "a compressed variable", of: path)
    return try reader(size, isWhole: true)
  }

  /// The variable, or the cell, of a matrix element.
  ///
  /// - Parameter isCell: whether it stands in a cell array, of which only texts are read.
  func variable(
    _ range: Range<Int>, isCell: Bool = false
  ) throws(ArrayFileError) -> (name: String, value: MatFile.Value) {
    var position = range.lowerBound
    let flags = try element(at: &position, end: range.upperBound)
    guard flags.data.count == 8 else { throw malformed("a variable without its flags") }
    let word = integer(at: flags.data.lowerBound, byteCount: 4)
    let (kind, isComplex) = (word & 0xFF, word & 0x800 != 0)
    // An object begins with its name instead.
    guard kind != 17 else { return ("", .other("an object")) }
    let shape = try integers(try element(at: &position, end: range.upperBound))
    let name = try text(try element(at: &position, end: range.upperBound))
    var count = 1
    for extent in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw malformed("\(name) has the shape \(shape)") }
      count = product
    }
    guard shape.count >= 2 else { throw malformed("\(name) has the shape \(shape)") }
    try checkMemory(of: name, kind: kind, count: count, shape: shape)
    switch kind {
    case 4:
      let letters = try element(at: &position, end: range.upperBound)
      return (name, .texts(try rows(of: letters, count: shape[0], letterCount: count)))
    case 1 where !isCell:
      return (name, try cells(&position, end: range.upperBound, count: count))
    case 6...15 where !isComplex:
      let values = try numbers(try element(at: &position, end: range.upperBound))
      guard values.count == count else {
        throw malformed("\(name) has \(values.count) numbers for the shape \(shape)")
      }
      return (
        name, .numbers(NumpyArray(shape: shape, elements: .float64(rowMajor(values, shape))))
      )
    case 6...15: return (name, .other("complex numbers"))
    case 1: return (name, .other("a cell"))
    case 2: return (name, .other("a struct"))
    case 5: return (name, .other("a sparse matrix"))
    default: return (name, .other("an object"))
    }
  }

  /// Numbers become doubles, which are then put in order; rows of a text are texts of their own.
  private func checkMemory(
    of name: String, kind: Int, count: Int, shape: [Int]
  ) throws(ArrayFileError) {
    // The bytes that follow hold these, so that sums of them do not overflow.
    guard count <= bytes.count else { return }
    let needed =
      switch kind {
      case 4:
        2 * count * MemoryLayout<UInt16>.size + min(shape[0], count) * MemoryLayout<String>.size
      case 6...15: 2 * count * MemoryLayout<Double>.size
      default: 0
      }
    try machine.check(bytes.count + needed, for: name, of: path)
  }

  /// A cell array: texts, if all of its cells are.
  private func cells(
    _ position: inout Int, end: Int, count: Int
  ) throws(ArrayFileError) -> MatFile.Value {
    var texts: [String] = []
    while texts.count < count {
      let cell = try element(at: &position, end: end)
      guard cell.type == Self.matrix, !cell.data.isEmpty,
        case .texts(let rows) = try variable(cell.data, isCell: true).value, rows.count <= 1
      else { return .other("cells that are not text") }
      texts.append(rows.first ?? "")
    }
    return .texts(texts)
  }
}

extension MatReader {
  private var cutShort: ArrayFileError { malformed("it is cut short") }

  private func malformed(_ problem: String) -> ArrayFileError {
    .malformed(path: path, problem: "is a damaged MAT-file: \(problem)")
  }

  /// A number without a sign that lies within the bytes.
  private func integer(at position: Int, byteCount: Int) -> Int {
    Int(truncatingIfNeeded: bits(at: position, byteCount: byteCount))
  }

  private func bits(at position: Int, byteCount: Int) -> UInt64 {
    (0..<byteCount).reduce(0) { bits, place in
      bits << 8 | UInt64(bytes[position + (isBig ? place : byteCount - 1 - place)])
    }
  }

  private func integers(_ element: Element) throws(ArrayFileError) -> [Int] {
    try numbers(element).map { Int(exactly: $0) ?? -1 }
  }

  /// The numbers of an element, whatever type they are stored in.
  private func numbers(_ element: Element) throws(ArrayFileError) -> [Double] {
    let decode: (width: Int, (UInt64) -> Double)? =
      switch element.type {
      case 1: (1, { Double(Int8(truncatingIfNeeded: $0)) })
      case 2: (1, { Double($0) })
      case 3: (2, { Double(Int16(truncatingIfNeeded: $0)) })
      case 4: (2, { Double($0) })
      case 5: (4, { Double(Int32(truncatingIfNeeded: $0)) })
      case 6: (4, { Double($0) })
      case 7: (4, { Double(Float(bitPattern: UInt32(truncatingIfNeeded: $0))) })
      case 9: (8, { Double(bitPattern: $0) })
      case 12: (8, { Double(Int64(bitPattern: $0)) })
      case 13: (8, { Double($0) })
      default: nil
      }
    guard let (width, number) = decode, element.data.count % width == 0 else {
      throw malformed("numbers of the type \(element.type)")
    }
    return stride(from: element.data.lowerBound, to: element.data.upperBound, by: width).map {
      number(bits(at: $0, byteCount: width))
    }
  }

  /// The letters of an element: UTF-8 in bytes, or UTF-16.
  private func text(_ element: Element) throws(ArrayFileError) -> String {
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

  /// Values that lie with the first axis fastest, put in the order in which the last is.
  private func rowMajor(_ values: [Double], _ shape: [Int]) -> [Double] {
    var steps = [1]
    for extent in shape.dropLast() { steps.append((steps.last ?? 1) * extent) }
    var (result, index) = ([Double](), [Int](repeating: 0, count: shape.count))
    result.reserveCapacity(values.count)
    var place = 0
    for _ in values.indices {
      result.append(values[place])
      for axis in shape.indices.reversed() {
        index[axis] += 1
        place += steps[axis]
        if index[axis] < shape[axis] { break }
        place -= steps[axis] * shape[axis]
        index[axis] = 0
      }
    }
    return result
  }
}
