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
  /// - Throws: `malformed`, with the columns that there are.
  public func column(_ name: String) throws(ArrayFileError) -> [String] {
    guard let index = columns.firstIndex(of: name) else {
      let names = columns.map { "'\($0)'" }.joined(separator: ", ")
      throw .malformed(path: path, problem: "has no column '\(name)'; its columns are \(names)")
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
