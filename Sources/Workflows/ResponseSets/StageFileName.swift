/// How stages are named on the disk: a stage's name may hold anything, a file's name may not.
enum StageFileName {
  /// The name of a stage with what a file name cannot hold written as `%` and two hexadecimal digits:
  /// slashes, control characters, `%` itself and a leading dot. Different names stay different.
  static func stem(_ name: String) -> String {
    let bytes = name.utf8.enumerated().flatMap { position, byte -> [UInt8] in
      let isPlain = byte >= 0x20 && byte != 0x7F && !"/%".utf8.contains(byte)
      let isLeadingDot = position == 0 && byte == UInt8(ascii: ".")
      if isPlain && !isLeadingDot { return [byte] }
      let digits = Array("0123456789ABCDEF".utf8)
      return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
