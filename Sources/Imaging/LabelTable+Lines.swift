extension LabelTable {
  /// One line of a table without column names: the index and what follows it.
  private struct Line {
    let number: Int
    let index: Int32
    let rest: Substring
    let words: [Substring]

    /// FreeSurfer puts red, green, blue and alpha behind the name.
    var endsInColour: Bool { words.count > 4 && words.suffix(4).allSatisfy { UInt8($0) != nil } }

    /// ITK-SNAP puts the name last, in quotation marks.
    var quoted: Substring? {
      guard rest.last == "\"", let first = rest.firstIndex(of: "\"") else { return nil }
      let name = rest[rest.index(after: first)...].dropLast()
      return first < rest.index(before: rest.endIndex) ? name : nil
    }
  }

  /// Entries of a FreeSurfer colour table, an ITK-SNAP label file or plain lines `index name`.
  ///
  /// Colours are taken off only when every line has them, so that a plain name may end in numbers.
  static func lineEntries(_ text: String, path: String) throws(ImagingError) -> [Entry] {
    let lines = try parsedLines(text, path: path)
    let colours = lines.allSatisfy(\.endsInColour)
    var entries: [Entry] = []
    for line in lines {
      var name = line.rest
      if let quoted = line.quoted {
        name = quoted
      } else if colours {
        let colour = line.words.suffix(4)
        name = line.rest[..<(colour.first?.startIndex ?? line.rest.endIndex)].trimmed
      }
      guard !name.isEmpty else {
        throw .notALabelTable(path: path, problem: "line \(line.number) has no name")
      }
      entries.append(Entry(index: line.index, name: String(name)))
    }
    return entries
  }

  private static func parsedLines(_ text: String, path: String) throws(ImagingError) -> [Line] {
    var lines: [Line] = []
    let raw = text.numberedLines.map { (number: $0.number, text: $0.text.trimmed) }
      .filter { !$0.text.hasPrefix("#") && !$0.text.hasPrefix("//") }
    for (place, line) in raw.enumerated() {
      let words = line.text.split(whereSeparator: \.isWhitespace)
      guard let first = words.first else { continue }
      // A first line without a number is a heading.
      if place == 0, raw.count > 1, first.first?.isNumber == false, Int(first) == nil { continue }
      let index = try whole(first, line: line.number, path: path)
      let rest = line.text[first.endIndex...].trimmed
      lines.append(
        Line(number: line.number, index: index, rest: rest, words: Array(words.dropFirst())))
    }
    return lines
  }
}
