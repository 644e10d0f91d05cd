extension LabelTable {
  /// One line of a table without column names: the index and what follows it.
  private struct Line {
    let number: Int
    let index: Int32
    let rest: Substring
    let words: [Substring]
    /// How many numbers from 0 to 255 the line ends in, behind a word at least: perhaps a colour.
    let endingCount: Int

    init(number: Int, index: Int32, rest: Substring) {
      (self.number, self.index, self.rest) = (number, index, rest)
      words = rest.split(whereSeparator: \.isWhitespace)
      endingCount = min(
        max(0, words.count - 1), words.reversed().prefix { UInt8($0) != nil }.count)
    }

    /// ITK-SNAP puts the name last, in quotation marks.
    var quoted: Substring? {
      guard rest.last == "\"", let first = rest.firstIndex(of: "\"") else { return nil }
      let name = rest[rest.index(after: first)...].dropLast()
      return first < rest.index(before: rest.endIndex) ? name : nil
    }

    /// What stands before the last `count` words.
    func name(before count: Int) -> Substring {
      count == 0 ? rest : rest[..<words[words.count - count].startIndex].trimmed
    }

    /// Whether the number at a place from the end, 1 being the last, is an alpha as programs write it.
    func isAlpha(at place: Int) -> Bool { ["0", "255"].contains(words[words.count - place]) }

    func malformed(_ problem: String, path: String) -> ImagingError {
      .notALabelTable(path: path, problem: "line \(number) \(problem)")
    }
  }

  /// Entries of a list of FreeSurfer, ITK-SNAP, MRtrix or Workbench, or of plain lines `index name` or
  /// `index=name`.
  ///
  /// Most lines must end in a colour for colours to be taken off; then every line must have one, so
  /// that a plain name may end in numbers and none takes a colour for a part of it.
  static func lineEntries(_ text: String, path: String) throws(ImagingError) -> [Entry] {
    if let entries = try workbenchEntries(text, path: path) { return entries }
    let lines = try parsedLines(text, path: path)
    let unquoted = lines.filter { $0.quoted == nil }
    let coloured = unquoted.count { $0.endingCount >= 3 }
    let names =
      2 * coloured > unquoted.count
      ? try namesBeforeColours(unquoted, path: path) : unquoted.map(\.rest)
    var rest = names[...]
    var entries: [Entry] = []
    for line in lines {
      guard let name = line.quoted ?? rest.popFirst(), !name.isEmpty else {
        throw line.malformed("has no name", path: path)
      }
      guard line.quoted != nil || !isColumns(name) else {
        throw line.malformed("has more columns than an index and a name", path: path)
      }
      entries.append(Entry(index: line.index, name: String(name)))
    }
    return entries
  }

  /// The names of lines that end in colours: red, green, blue; with alpha as FreeSurfer has it; and,
  /// since its version 8, with the type of tissue. MRtrix has an abbreviation before the name.
  private static func namesBeforeColours(
    _ lines: [Line], path: String
  ) throws(ImagingError) -> [Substring] {
    let counts = try colourCounts(lines, path: path)
    let names = zip(lines, counts).map { $0.name(before: $1) }
    let pairs = names.map { $0.split(whereSeparator: \.isWhitespace) }
    let isPaired = zip(names, pairs).allSatisfy { $1.count == 2 && isColumns($0) }
    return isPaired && counts.allSatisfy { $0 == 4 } ? pairs.map { $0[1] } : names
  }

  /// How many numbers every line ends in that are no part of its name.
  private static func colourCounts(
    _ lines: [Line], path: String
  ) throws(ImagingError) -> [Int] {
    let counts = lines.map(\.endingCount)
    if counts.allSatisfy({ $0 == 3 || $0 == 4 }), Set(counts).count == 1 { return counts }
    guard counts.allSatisfy({ $0 == 4 || $0 == 5 }) else {
      let usual = Dictionary(grouping: counts, by: { $0 == 5 ? 4 : $0 })
        .max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
      let odd =
        lines.first { $0.endingCount != usual && !($0.endingCount == 5 && usual == 4) }
        ?? lines[0]
      throw odd.malformed(
        "ends in \(odd.endingCount) numbers, where a colour has 3, or 4 with alpha, and is alike in "
          + "every line", path: path)
    }
    // A fifth number is a type of tissue behind the alpha, or the end of a name before the colour.
    let long = lines.filter { $0.endingCount == 5 }
    let isTissue = long.allSatisfy { $0.isAlpha(at: 2) }
    let isName = long.allSatisfy { $0.isAlpha(at: 1) }
    let isDistinct = Set(zip(lines, counts).map { $0.name(before: $1) }).count == lines.count
    if isTissue && (isDistinct || !isName) { return counts }
    if isName { return counts.map { _ in 4 } }
    throw long[0].malformed(
      "ends in 5 numbers, of which the last is no alpha nor the one before it", path: path)
  }

  /// Whether a name is several: cut by a tab, or by more blanks than one, as columns are.
  private static func isColumns(_ name: Substring) -> Bool {
    name.contains("\t") || name.contains("  ")
  }

  private static func parsedLines(_ text: String, path: String) throws(ImagingError) -> [Line] {
    var lines: [Line] = []
    let raw = text.numberedLines.map { (number: $0.number, text: $0.text.trimmed) }
      .filter { !$0.text.hasPrefix("#") && !$0.text.hasPrefix("//") }
    for (place, line) in raw.enumerated() {
      let first = line.text.prefix { !$0.isWhitespace && $0 != "=" && $0 != "," }
      // A first line without a number is a heading.
      if place == 0, raw.count > 1, first.first?.isNumber != true, number(first) == nil { continue }
      let index = try whole(first, line: line.number, path: path)
      var rest = line.text[first.endIndex...].trimmed
      if let sign = rest.first, sign == "=" || sign == "," {
        rest = rest.dropFirst().trimmed
        if sign == "," && rest.contains(",") {
          throw .notALabelTable(
            path: path, problem: "line \(line.number) has columns that no first line names")
        }
      }
      lines.append(Line(number: line.number, index: index, rest: rest))
    }
    return lines
  }

  /// Entries of a list as Workbench writes it: a line with the name, and one with index, red, green,
  /// blue and alpha. Nil if the text is none.
  private static func workbenchEntries(
    _ text: String, path: String
  ) throws(ImagingError) -> [Entry]? {
    let lines = text.numberedLines
    guard !lines.isEmpty, lines.count.isMultiple(of: 2) else { return nil }
    var entries: [Entry] = []
    for place in stride(from: 0, to: lines.count, by: 2) {
      let words = lines[place + 1].text.split(whereSeparator: \.isWhitespace)
      guard words.count == 5, Int(words[0]) != nil,
        words.dropFirst().allSatisfy({ UInt8($0) != nil })
      else { return nil }
      let index = try whole(words[0], line: lines[place + 1].number, path: path)
      entries.append(Entry(index: index, name: String(lines[place].text.trimmed)))
    }
    return entries
  }
}

extension StringProtocol where SubSequence == Substring {
  /// Lines that are not blank, numbered from 1.
  var numberedLines: [(number: Int, text: Substring)] {
    split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated().compactMap {
      $1.allSatisfy(\.isWhitespace) ? nil : ($0 + 1, $1)
    }
  }

  /// The text without white space at its ends.
  var trimmed: Substring {
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return self[first...last]
  }
}
