/// HTML that is well-formed XML as well. What a literal says is markup; what is put into it is text:
///
///     let heading: Markup = "<h2>\(name)</h2>"
///
/// shows any name as it is. Only markup put into markup stays markup.
struct Markup: ExpressibleByStringInterpolation {
  let source: String

  init(stringLiteral source: String) { self.source = source }

  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  /// Takes markup that was made elsewhere, never text that came from a file.
  init(trusted source: String) { self.source = source }

  /// Pieces of markup, one after the other.
  init(_ pieces: [Markup], separator: String = "") {
    source = pieces.map(\.source).joined(separator: separator)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    var source = ""

    init(literalCapacity: Int, interpolationCount: Int) { source.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { source += literal }

    mutating func appendInterpolation(_ text: String) { source += text.escaped }

    mutating func appendInterpolation(_ markup: Markup) { source += markup.source }
  }
}

extension String {
  /// The text between tags or quotes: `&amp;` for `&`, and U+FFFD for what neither HTML nor XML may hold.
  fileprivate var escaped: String {
    var escaped = ""
    escaped.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar.isForbidden ? "\u{FFFD}" : scalar)
      }
    }
    return escaped
  }
}

extension Unicode.Scalar {
  /// Whether it is a control character, apart from tabs and ends of lines, or no character at all.
  fileprivate var isForbidden: Bool {
    switch value {
    case 0x09, 0x0A, 0x0D: false
    case 0..<0x20, 0x7F..<0xA0, 0xFDD0...0xFDEF: true
    default: value & 0xFFFE == 0xFFFE
    }
  }
}
