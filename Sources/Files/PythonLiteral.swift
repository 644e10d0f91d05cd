/// Reads the dictionary in an `.npy` header:
/// `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
struct PythonLiteral {
  private let bytes: Slice<UnsafeRawBufferPointer>
  private var position: Int
  private let name: String

  init(bytes: Slice<UnsafeRawBufferPointer>, name: String) {
    self.bytes = bytes
    self.name = name
    position = bytes.startIndex
  }

  typealias Description = (type: NumpyType, isFortranOrder: Bool, shape: [Int])

  /// The three entries, in any order, and nothing else.
  mutating func arrayDescription() throws(ArrayFileError) -> Description {
    var type: NumpyType?
    var isFortranOrder: Bool?
    var shape: [Int]?
    try expect("{")
    while !accept("}") {
      let key = try text()
      try expect(":")
      switch key {
      case "descr" where type == nil: type = try elementType()
      case "fortran_order" where isFortranOrder == nil: isFortranOrder = try truth()
      case "shape" where shape == nil: shape = try tuple()
      default: throw broken("the key '\(key.prefix(40))' is unknown or repeated")
      }
      if !accept(",") {
        try expect("}")
        break
      }
    }
    skipSpace()
    guard position == bytes.endIndex, let type, let isFortranOrder, let shape else {
      throw broken("it lacks descr, fortran_order or shape, or text follows them")
    }
    return (type, isFortranOrder, shape)
  }

  private mutating func elementType() throws(ArrayFileError) -> NumpyType {
    skipSpace()
    let text = peek == UInt8(ascii: "[") ? "V" : try text()
    switch NumpyType.parse(text, path: name) {
    case .success(let type): return type
    case .failure(let problem): throw .malformed(path: name, problem: problem.clause)
    }
  }

  private mutating func text() throws(ArrayFileError) -> String {
    skipSpace()
    guard let quote = peek, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      throw broken("a quoted word is missing")
    }
    let rest = bytes[(position + 1)...]
    guard let end = rest.firstIndex(of: quote) else { throw broken("a quote is not closed") }
    position = end + 1
    return String(decoding: rest[..<end], as: UTF8.self)
  }

  private mutating func truth() throws(ArrayFileError) -> Bool {
    if accept("True") { return true }
    if accept("False") { return false }
    throw broken("fortran_order is neither True nor False")
  }

  private mutating func tuple() throws(ArrayFileError) -> [Int] {
    try expect("(")
    var extents: [Int] = []
    while !accept(")") {
      extents.append(try extent())
      if !accept(",") {
        try expect(")")
        break
      }
    }
    return extents
  }

  private mutating func extent() throws(ArrayFileError) -> Int {
    skipSpace()
    let digits = bytes[position...].prefix { (48...57).contains($0) }
    position = digits.endIndex
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
      throw broken("the shape is not a list of extents from 0 to \(Int.max)")
    }
    // Python 2 wrote long integers as 3L.
    _ = accept("L")
    return value
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { position += 1 }
  }

  private mutating func accept(_ token: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: token.utf8) else { return false }
    position += token.utf8.count
    return true
  }

  private mutating func expect(_ token: String) throws(ArrayFileError) {
    guard accept(token) else { throw broken("a '\(token)' is missing") }
  }

  private func broken(_ problem: String) -> ArrayFileError {
    .malformed(path: name, problem: "the .npy header cannot be read: \(problem)")
  }
}
