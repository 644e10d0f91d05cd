extension String {
  /// The text as one line: white space of every kind becomes single spaces, controls are replaced.
  var oneLine: String {
    split(whereSeparator: \.isWhitespace).joined(separator: " ").printable
  }

  /// The text as one line that does not turn around what stands beside it, for names in sentences.
  var isolated: String {
    let line = oneLine
    let isTurning =
      line.unicodeScalars.contains { (0x590...0x8FF).contains($0.value) }
      || line.unicodeScalars.contains { (0xFB1D...0xFEFC).contains($0.value) }
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
