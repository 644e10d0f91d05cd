/// A table of a page: cells as they are shown; columns that read as numbers sort as numbers and stand
/// to the right.
public struct PageTable: Equatable, Sendable {
  /// What stands above the columns.
  public let titles: [String]
  /// As long as `titles`, each; the first cell of a row is its header.
  public let rows: [[String]]

  /// Traps on a row of another length.
  public init(_ titles: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == titles.count }, "A cell for each column.")
    self.titles = titles
    self.rows = rows
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
