/// A table of text: named columns and rows of values.
public struct Table: Sendable {
  /// The names in the header, each different.
  public let columns: [String]
  /// The values, a row at a time; each row is as long as `columns`.
  public let rows: [[String]]
  /// Where the table was read from; errors name it.
  public let path: String
  /// The line of the file that each row began on, from 1; empty for a table that was not read.
  let lines: [Int]

  /// Makes a table.
  ///
  /// - Precondition: the columns' names differ, and every row has a value for each.
  public init(columns: [String], rows: [[String]]) {
    precondition(Set(columns).count == columns.count)
    precondition(rows.allSatisfy { $0.count == columns.count })
    self.init(columns: columns, rows: rows, path: "table", lines: [])
  }

  init(columns: [String], rows: [[String]], path: String, lines: [Int]) {
    self.columns = columns
    self.rows = rows
    self.path = path
    self.lines = lines
  }

  /// Whether there is a column of this name.
  public func hasColumn(_ name: String) -> Bool { columns.contains(name) }

  /// The values of one column.
  ///
  /// - Throws: `malformed`, with the columns that there are, the one that may be meant, and what
  ///   separates them where the file's name says otherwise.
  public func column(_ name: String) throws(ArrayFileError) -> [String] {
    guard let index = columns.firstIndex(of: name) else {
      throw .malformed(path: path, problem: "has no column '\(name)'; \(advice(onMissing: name))")
    }
    return rows.map { $0[index] }
  }
}

extension Table: Equatable {
  /// Whether the contents are equal, wherever they were read from.
  public static func == (left: Table, right: Table) -> Bool {
    left.columns == right.columns && left.rows == right.rows
  }
}

extension Table {
  /// What stands between the values of a row.
  public enum Delimiter: Sendable {
    /// CSV as in RFC 4180, with quotes where they are needed.
    case comma
    /// TSV as in BIDS: no quotes, a missing value is `n/a`.
    case tab

    /// The one that a file's name tells: comma for `.csv`, tab for every other.
    public init(path: String) {
      self = path.lowercased().hasSuffix(".csv") ? .comma : .tab
    }

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .tab: UInt8(ascii: "\t")
      }
    }

    /// What stands for a missing value: nothing in CSV, `n/a` in TSV.
    public var missing: String {
      switch self {
      case .comma: ""
      case .tab: "n/a"
      }
    }

    /// The shortest text that reads back as the same number; NaN is `missing`, infinity `inf`.
    public func text(_ number: Double) -> String {
      number.isNaN ? missing : number.description
    }
  }
}

extension Table {
  /// The values of a column as whole numbers; spaces around them do not count, and `1.0` is 1.
  ///
  /// - Throws: `malformed`, with the line and the value, if one is missing or no whole number.
  public func integers(_ column: String) throws(ArrayFileError) -> [Int] {
    try numbers(column, expecting: "a whole number") { wholeNumber($0) }
  }

  /// The values of a column as numbers; an empty one and `n/a` are NaN.
  ///
  /// - Throws: `malformed`, with the line and the value, if one is no number.
  public func doubles(_ column: String) throws(ArrayFileError) -> [Double] {
    try numbers(column, expecting: "a number") { text in
      text.isEmpty || text == "n/a" ? .nan : Double(text)
    }
  }

  private func numbers<Number>(
    _ column: String, expecting noun: String, _ parse: (String) -> Number?
  ) throws(ArrayFileError) -> [Number] {
    var numbers: [Number] = []
    numbers.reserveCapacity(rows.count)
    for (row, text) in try self.column(column).enumerated() {
      guard let number = parse(text) ?? parse(text.trimmingBlanks) else {
        throw .malformed(
          path: path,
          problem: "\(location(ofRow: row)): '\(text.prefix(80))' in column '\(column)' is not "
            + noun)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Where a row is, for a message: its line in the file, or its number from 1.
  public func location(ofRow row: Int) -> String {
    row < lines.count ? "line \(lines[row])" : "row \(row + 1)"
  }
}

extension Table {
  /// Writes the table, whole or not at all; lines end in LF.
  ///
  /// In CSV, values with commas, quotes or line ends are put in quotes. TSV has no quotes: an empty
  /// value becomes `n/a`, as BIDS asks, and a value with a tab or a line end is refused.
  ///
  /// - Parameter delimiter: nil lets the file's name tell, see `Delimiter.init(path:)`.
  /// - Throws: `exists`, `cannotWrite`.
  public func write(
    to path: String, delimiter: Delimiter? = nil, replacing: Bool = false
  ) throws(ArrayFileError) {
    let delimiter = delimiter ?? Delimiter(path: path)
    if delimiter == .tab { try checkForTabs(path: path) }
    try AtomicFile.write(Array(text(delimiter).utf8), to: path, replacing: replacing)
  }

  /// The text of the file.
  ///
  /// In TSV a tab or line end in a value, which `write` refuses, becomes a space.
  public func text(_ delimiter: Delimiter) -> String {
    let separator = String(UnicodeScalar(delimiter.byte))
    var text = ""
    for row in [columns] + rows {
      // A lone empty value would be an empty line, which is no row at the end of a file.
      if delimiter == .comma && row == [""] { text += "\"\"" }
      text += row.map { delimiter.encode($0) }.joined(separator: separator)
      text += "\n"
    }
    return text
  }

  private func checkForTabs(path: String) throws(ArrayFileError) {
    for (number, row) in ([columns] + rows).enumerated() {
      for (column, value) in zip(columns, row) where value.utf8.contains(where: isBreak) {
        throw .cannotWrite(
          path: path,
          reason: "a tab or line end stands in \(number == 0 ? "the header" : "row \(number)"), "
            + "column '\(column)', and TSV has no way to hold it; choose CSV")
      }
    }
  }
}

private func isBreak(_ byte: UInt8) -> Bool { byte == 9 || byte == 10 || byte == 13 }

extension Table.Delimiter {
  fileprivate func encode(_ value: String) -> String {
    switch self {
    case .tab where value.isEmpty: return missing
    case .tab:
      guard value.utf8.contains(where: isBreak) else { return value }
      return String(decoding: value.utf8.map { isBreak($0) ? 32 : $0 }, as: UTF8.self)
    case .comma:
      let needsQuotes = value.utf8.contains {
        [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0)
      }
      guard needsQuotes else { return value }
      let doubled = value.unicodeScalars.reduce(into: "") {
        $0.unicodeScalars.append($1)
        if $1 == "\"" { $0.unicodeScalars.append($1) }
      }
      return "\"\(doubled)\""
    }
  }
}
