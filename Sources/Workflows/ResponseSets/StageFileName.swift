internal import ChiasmStatistics

/// How stages are named on the disk: a stage's name may hold anything, a file's name may not.
enum StageFileName {
  /// The name of a stage with what a file name cannot hold written as `%` and two hexadecimal digits:
  /// slashes, control characters, `%` itself and a leading dot. Of a name that is too long for a file
  /// the first 80 bytes are kept, with a number made of all of it. Different names stay different.
  static func stem(_ name: String) -> String {
    let bytes = name.utf8.enumerated().flatMap { position, byte -> [UInt8] in
      let isPlain = byte >= 0x20 && byte != 0x7F && !"/%".utf8.contains(byte)
      let isLeadingDot = position == 0 && byte == UInt8(ascii: ".")
      if isPlain && !isLeadingDot { return [byte] }
      let digits = Array("0123456789ABCDEF".utf8)
      return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    guard bytes.count > 100 else { return String(decoding: bytes, as: UTF8.self) }
    return String(decoding: bytes.prefix(80), as: UTF8.self).filter { $0 != "\u{FFFD}" }
      + "%" + String(fingerprint(bytes), radix: 16)
  }

  /// The name of what belongs to two stages, `A__b`. An underscore of a stage's own that could be
  /// taken for the separator is written as `%5F`, so that different pairs stay different.
  static func pair(_ first: String, _ second: String) -> String {
    [first, second].map { name in
      let stem = stem(name)
      let isPlain = !stem.contains("__") && !stem.hasPrefix("_") && !stem.hasSuffix("_")
      return isPlain ? stem : stem.replacing("_", with: "%5F")
    }.joined(separator: "__")
  }
}
