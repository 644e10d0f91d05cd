extension LabelTable {
  /// Entries of an XML list of labels.
  ///
  /// - FSL: `<label index="0" …>Name</label>`. Of an atlas with `<type>Label</type>` the index is
  ///   the value of the voxels. Of a probabilistic one it counts the volumes of the 4-D image from
  ///   0, and in the maximum-probability images the voxels hold index + 1: `index="80"` of the Jülich
  ///   atlas is 81 there (fslpy, `fsl.data.atlases`, has the same rule). A list without a type is
  ///   refused, since the two rules differ by one.
  /// - SPM: `<label><index>1</index><name>Name</name></label>`; the index is the value.
  ///
  /// The text is scanned once. Only the five named entities and character numbers are replaced;
  /// declarations are skipped, so that no text grows and nothing is fetched.
  static func markupEntries(_ text: String, path: String) throws(ImagingError) -> [Entry] {
    var scanner = MarkupScanner(text)
    var reading = MarkupReading()
    while let piece = scanner.next() {
      switch piece {
      case .opening(let name, let attributes): reading.open(name, attributes)
      case .closing(let name): reading.close(name)
      case .text(let text): reading.append(text)
      }
    }
    return try reading.entries(path: path)
  }
}

/// What has been seen of an XML list of labels so far.
private struct MarkupReading {
  private var type: String?
  private var found: [(index: String, name: String, isValue: Bool)] = []
  private var attribute: String?
  private var element: String?
  private var name: String?
  private var content = ""

  mutating func open(_ tag: String, _ attributes: [String: String]) {
    content = ""
    guard tag == "label" else { return }
    attribute = attributes["index"]
    (element, name) = (nil, nil)
  }

  mutating func append(_ text: String) { content += text }

  mutating func close(_ tag: String) {
    let value = String(content.trimmed)
    content = ""
    switch tag {
    case "type": type = type ?? value.lowercased()
    case "index": element = value
    case "name": name = value
    case "label":
      if let attribute {
        found.append((attribute, value, false))
      } else if let element, let name {
        found.append((element, name, true))
      }
    default: break
    }
  }

  func entries(path: String) throws(ImagingError) -> [LabelTable.Entry] {
    var entries: [LabelTable.Entry] = []
    for (place, label) in found.enumerated() {
      guard let number = Int(label.index), !label.name.isEmpty else {
        throw .notALabelTable(path: path, problem: "label \(place + 1) lacks a number or a name")
      }
      guard label.isValue || type != nil else {
        throw .notALabelTable(
          path: path,
          problem: "it lacks the <type> that tells whether voxels hold the index or index + 1")
      }
      let (value, overflow) = number.addingReportingOverflow(
        label.isValue || type == "label" ? 0 : 1)
      guard !overflow, let index = Int32(exactly: value) else {
        throw .notALabelTable(
          path: path, problem: "it has the index \(number), which 32 bits do not hold")
      }
      entries.append(LabelTable.Entry(index: index, name: label.name))
    }
    return entries
  }
}

/// Cuts XML into tags and text, in one pass.
private struct MarkupScanner {
  enum Piece {
    case opening(String, [String: String])
    case closing(String)
    case text(String)
  }

  private var rest: Substring
  private var pending: Piece?

  init(_ text: String) { rest = text[...] }

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
