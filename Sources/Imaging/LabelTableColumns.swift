/// Text with a line of column names: tab-separated as BIDS has it, or with commas or semicolons and
/// quotation marks.
struct LabelTableColumns {
  /// One line below the column names.
  struct Row {
    /// The number of the line in the text, from 1.
    let line: Int
    private let columns: [String: Int]
    private let fields: [String]

    fileprivate init(line: Int, columns: [String: Int], fields: [String]) {
      self.line = line
      self.columns = columns
      self.fields = fields
    }

    /// The field of a column, or nil if the text has no such column or the line ends before it.
    subscript(column: String) -> String? {
      guard let place = columns[column], place < fields.count else { return nil }
      return fields[place]
    }
  }

  /// The lines below the column names; empty ones are left out.
  let rows: [Row]
  private let columns: [String: Int]

  /// Splits text; nil if it has no line.
  init?(_ text: String) {
    let lines = text.numberedLines
    guard let head = lines.first else { return nil }
    let separator: Character = ["\t", ",", ";"].first { head.text.contains($0) } ?? "\t"
    let names = Self.fields(head.text, separator).map { $0.lowercased() }
    let columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    self.columns = columns
    rows = lines.dropFirst().map {
      Row(line: $0.number, columns: columns, fields: Self.fields($0.text, separator))
    }
  }

  /// Whether the text has a column of this name (names are compared in lower case).
  func has(_ column: String) -> Bool { columns[column] != nil }

  private static func fields(_ line: Substring, _ separator: Character) -> [String] {
    guard separator != "\t", line.contains("\"") else {
      return line.split(separator: separator, omittingEmptySubsequences: false).map {
        String($0.trimmed)
      }
    }
    // A doubled quotation mark inside a field is one; opening and closing ones fall away.
    var fields = [""]
    var isQuoted = false
    var last: Character?
    for character in line {
      if character == "\"" {
        if !isQuoted && last == "\"" { fields[fields.count - 1].append(character) }
        isQuoted.toggle()
      } else if character == separator && !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
      last = character
    }
    return fields.map { String($0.trimmed) }
  }
}
