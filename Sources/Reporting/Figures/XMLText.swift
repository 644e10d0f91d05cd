extension String {
  /// The text with U+FFFD for every character that XML 1.0 or HTML does not allow.
  var xmlText: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars { scalars.append(scalar.isAllowed ? scalar : "\u{FFFD}") }
    return String(scalars)
  }

  /// The text as content of an element or an attribute of XML or HTML.
  var escaped: String {
    var text = ""
    for scalar in xmlText.unicodeScalars {
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\"": text += "&quot;"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  /// The text with a space for every line end and tab.
  var oneLine: String { String(map { $0.isNewline || $0 == "\t" ? " " : $0 }) }
}

extension Unicode.Scalar {
  fileprivate var isAllowed: Bool {
    switch value {
    case 0x9, 0xA, 0xD: true
    case 0...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    // The last two of each plane are no characters.
    default: value & 0xFFFE != 0xFFFE
    }
  }
}

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

extension DefaultStringInterpolation {
  /// A text, or another where it is empty.
  mutating func appendInterpolation(_ text: String, or other: String) {
    appendInterpolation(text.isEmpty ? other : text)
  }
}
