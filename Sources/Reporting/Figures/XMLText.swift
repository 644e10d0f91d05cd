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
