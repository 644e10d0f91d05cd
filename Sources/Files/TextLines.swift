/// The number that a text of a matrix stands for.
enum TextNumber {
  private static let powers = (0...22).map { power in
    (0..<power).reduce(1.0) { product, _ in product * 10 }
  }

  /// Rounded to nearest; NaN for a missing value, and nil for what is no number.
  ///
  /// Up to 2^53 and a power of ten up to 10^22 both are exact and one operation rounds right; else the
  /// library converts.
  static func value(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    var (mantissa, digitCount, exponent, position) = (UInt64(0), 0, 0, 0)
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative || text.first == UInt8(ascii: "+") { position = 1 }
    var hasPoint = false
    while position < text.count, digitCount < 19 {
      let digit = text[position] &- 48
      if digit < 10 {
        mantissa = mantissa &* 10 &+ UInt64(digit)
        digitCount += 1
        if hasPoint { exponent -= 1 }
      } else if text[position] == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    guard digitCount > 0, position == text.count, mantissa <= 1 << 53, exponent >= -22 else {
      return slowValue(text)
    }
    let magnitude = Double(mantissa) / powers[-exponent]
    return isNegative ? -magnitude : magnitude
  }

  private static func slowValue(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    // Double would also take hexadecimal digits and words.
    let isPlain = bytes.allSatisfy { (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }
    if isPlain, let number = Double(String(decoding: bytes, as: UTF8.self)) { return number }
    let text = String(decoding: bytes, as: UTF8.self).trimmingBlanks
    if text.utf8.count < bytes.count {
      return Array(text.utf8).withUnsafeBufferPointer { value($0) }
    }
    return switch text.lowercased() {
    case "", "n/a", "na", "nan": .nan
    case "inf", "+inf", "infinity": .infinity
    case "-inf", "-infinity": -.infinity
    default: nil
    }
  }
}

/// The lines of a text file, read some at a time.
enum TextLines {
  /// A line of a matrix of a million units has some 20 MB.
  private static let longest = 1 << 28

  /// Calls `body` with every line, without its end, and its number from 1. Lines at the start that begin
  /// with `#`, and empty lines at the end, do not count; a byte order mark is left out.
  ///
  /// - Throws: `malformed` for an empty line between others, and for one that is absurdly long.
  static func forEach(
    of path: String,
    _ body: (UnsafeBufferPointer<UInt8>, _ number: Int) throws(ArrayFileError) -> Void
  ) throws(ArrayFileError) {
    let file = try ReadingFile(path: path)
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
    defer { chunk.deallocate() }
    var (rest, number, emptyLine, hasBegun) = ([UInt8](), 0, Int?.none, false)
    func take(_ line: UnsafeBufferPointer<UInt8>) throws(ArrayFileError) {
      number += 1
      let start = number == 1 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let end = line.last == UInt8(ascii: "\r") ? line.count - 1 : line.count
      let content = UnsafeBufferPointer(rebasing: line[start..<max(start, end)])
      if content.isEmpty {
        emptyLine = emptyLine ?? number
        return
      }
      if !hasBegun, content[0] == UInt8(ascii: "#") { return }
      if let emptyLine {
        throw .malformed(
          path: path, problem: "line \(emptyLine) is empty; each row is one stimulus")
      }
      hasBegun = true
      try body(content, number)
    }
    while true {
      let count = try file.read(into: chunk)
      let bytes = UnsafeBufferPointer(
        start: chunk.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
      var start = 0
      while start < count, let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
        if rest.isEmpty {
          try take(UnsafeBufferPointer(rebasing: bytes[start..<end]))
        } else {
          rest += bytes[start..<end]
          try rest.withUnsafeBufferPointer { (line) throws(ArrayFileError) in try take(line) }
          rest.removeAll(keepingCapacity: true)
        }
        start = end + 1
      }
      rest += bytes[start..<count]
      guard rest.count <= longest else {
        throw .malformed(
          path: path, problem: "line \(number + 1) is longer than \(longest >> 20) MiB")
      }
      if count == 0 { break }
    }
    if !rest.isEmpty {
      try rest.withUnsafeBufferPointer { (line) throws(ArrayFileError) in try take(line) }
    }
  }
}
