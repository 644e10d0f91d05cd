extension String {
  /// The text as one line that can be written: white space of every kind becomes single spaces, and
  /// what XML does not allow is replaced.
  var flattened: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ").xmlText
  }

  /// The text as one line that does not turn around what stands beside it, for names in sentences.
  var isolated: String {
    let line = flattened
    let isTurning = line.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x202A...0x202E, 0x2066...0x2069,
        0x10800...0x10FFF, 0x1E800...0x1EFFF:
        true
      default: false
      }
    }
    return isTurning ? "\u{2068}\(line)\u{2069}" : line
  }

  /// `1 row`, `2 rows`.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}

extension Double {
  /// The value if it can be drawn; values beyond ±1e300 are drawn there, so that differences stay finite.
  var drawable: Double? { isFinite ? Swift.min(Swift.max(self, -1e300), 1e300) : nil }
}

extension DefaultStringInterpolation {
  /// A text, or another where it is empty.
  mutating func appendInterpolation(_ text: String, or other: String) {
    appendInterpolation(text.isEmpty ? other : text)
  }
}
