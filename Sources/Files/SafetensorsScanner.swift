/// Reads the JSON of a header: an object of objects, and no deeper.
struct SafetensorsScanner {
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
