public import ChiasmTables

/// A table of a page: cells as they are shown; columns that read as numbers sort as numbers and stand
/// to the right.
public struct PageTable: Equatable, Sendable {
  /// What stands above the columns.
  public let titles: [String]
  /// As long as `titles`, each; the first cell of a row is its header.
  public let rows: [[String]]
  /// The table of results that is shown and its columns, as files name them; empty for any other.
  let name: String
  let columns: [String]

  /// Traps on a row of another length.
  public init(_ titles: [String], rows: [[String]]) {
    self.init(titles, rows: rows, name: "", columns: [])
  }

  /// Shows a table of results: its numbers as their columns ask, its names as people read them.
  public init(_ result: ResultTable, _ words: Wording) {
    self.init(
      result.quantities.map { words($0.title) },
      rows: result.rows.map { row in
        zip(row, result.quantities).map { value, quantity in
          quantity.title(of: NumberText.text(value, quantity.format))
        }
      }, name: result.name, columns: result.quantities.map(\.name))
  }

  private init(_ titles: [String], rows: [[String]], name: String, columns: [String]) {
    precondition(rows.allSatisfy { $0.count == titles.count }, "A cell for each column.")
    (self.titles, self.rows, self.name, self.columns) = (titles, rows, name, columns)
  }
}

extension PageTable {
  /// Whether a column is sorted by its numbers: every cell begins with one or has none, and one has.
  func isNumeric(_ column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { !$0.isEmpty && $0 != "n/a" }
    return !cells.isEmpty && cells.allSatisfy(Self.isNumber)
  }

  /// Whether a cell is a number, perhaps less than it, in per cent or with an interval: `< 0.001`,
  /// `12.5 %`, `−0.3 [−0.4, −0.1]`, `0.41 ± 0.02`.
  private static func isNumber(_ cell: String) -> Bool {
    if cell.hasPrefix("["), cell.hasSuffix("]") {
      return isNumber(String(cell.dropFirst().prefix { $0 != "," && $0 != "]" }))
    }
    let cell = cell.drop { "<>≤≥≈ ".contains($0) }
    let digits = cell.prefix { "0123456789.e+-−".contains($0) }
    var rest = cell.dropFirst(digits.count).drop { $0 == " " }
    if rest.first == "%" { rest = rest.dropFirst().drop { $0 == " " } }
    let isEnclosed = ["[]", "()"].contains(String([rest.first, rest.last].compactMap(\.self)))
    return Double(String(digits.map { $0 == "−" ? "-" : $0 })) != nil
      && (rest.isEmpty || isEnclosed || rest.first == "±")
  }
}
