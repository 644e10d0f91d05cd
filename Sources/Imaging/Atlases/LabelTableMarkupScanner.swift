/// Cuts XML into tags and text, in one pass.
struct LabelTableMarkupScanner {
  /// A tag or the text between two.
  enum Piece {
    case opening(String, [String: String])
    case closing(String)
    case text(String)
  }

  private var rest: Substring
  private var pending: Piece?

  /// Begins at the start of a text.
  init(_ text: String) { rest = text[...] }

  /// The next tag or text; a closed tag `<a/>` comes as two. Nil at the end.
  mutating func next() -> Piece? {
    if let piece = pending.take() { return piece }
    while let character = rest.first {
      if character != "<" {
        let end = rest.firstIndex(of: "<") ?? rest.endIndex
        defer { rest = rest[end...] }
        return .text(Self.replacingEntities(rest[..<end]))
      }
      if rest.hasPrefix("<!--") {
        _ = cut(through: "-->")
      } else if rest.hasPrefix("<![CDATA[") {
        rest = rest.dropFirst(9)
        return .text(String(cut(through: "]]>")))
      } else {
        rest = rest.dropFirst()
        if let piece = piece(of: cut(through: ">")) { return piece }
      }
    }
    return nil
  }

  /// Takes the text up to a mark, and the mark with it; all that is left if there is none.
  private mutating func cut(through mark: String) -> Substring {
    var start = rest.startIndex
    while let first = rest[start...].firstIndex(where: { $0 == mark.first }) {
      if rest[first...].hasPrefix(mark) {
        defer { rest = rest[first...].dropFirst(mark.count) }
        return rest[..<first]
      }
      start = rest.index(after: first)
    }
    defer { rest = "" }
    return rest
  }

  private mutating func piece(of tag: Substring) -> Piece? {
    guard let first = tag.first, first != "!", first != "?" else { return nil }
    if first == "/" { return .closing(tag.dropFirst().trimmed.lowercased()) }
    let isEmpty = tag.last == "/"
    let body = isEmpty ? tag.dropLast() : tag
    let name = body.prefix { !$0.isWhitespace }
    if isEmpty { pending = .closing(name.lowercased()) }
    return .opening(name.lowercased(), Self.attributes(body[name.endIndex...]))
  }

  private static func attributes(_ text: Substring) -> [String: String] {
    var found: [String: String] = [:]
    var rest = text
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].trimmed
      let value = rest[rest.index(after: equals)...].drop(while: \.isWhitespace)
      guard let quote = value.first, quote == "\"" || quote == "'" else { break }
      let inside = value.dropFirst()
      let end = inside.firstIndex(of: quote) ?? inside.endIndex
      found[name.lowercased()] = replacingEntities(inside[..<end])
      rest = inside[end...].dropFirst()
    }
    return found
  }

  private static let entities = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

  private static func replacingEntities(_ text: Substring) -> String {
    var result = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      let window = rest[start...].prefix(12)
      guard let end = window.firstIndex(of: ";") else {
        result += "&"
        rest = rest[start...].dropFirst()
        continue
      }
      let name = window[..<end].dropFirst()
      result += entities[String(name)] ?? character(name) ?? String(window[...end])
      rest = rest[end...].dropFirst()
    }
    return result + rest
  }

  /// The character of `#38` or `#x26`.
  private static func character(_ name: Substring) -> String? {
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let number =
      digits.first?.lowercased() == "x" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap(Unicode.Scalar.init).map { String(Character($0)) }
  }
}
