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
