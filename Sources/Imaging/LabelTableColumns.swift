/// Tab-separated text with a line of column names, as BIDS has it.
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
    let names = Self.fields(head.text).map { $0.lowercased() }
    let columns = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    self.columns = columns
    rows = lines.dropFirst().map {
      Row(line: $0.number, columns: columns, fields: Self.fields($0.text))
    }
  }

  /// Whether the text has a column of this name (names are compared in lower case).
  func has(_ column: String) -> Bool { columns[column] != nil }

  private static func fields(_ line: Substring) -> [String] {
    line.split(separator: "\t", omittingEmptySubsequences: false).map {
      String($0.trimmed)
    }
  }
}
