public import ChiasmTables

/// A table that is shown as text: columns stand below each other, numbers to the right.
public struct TextTable: Equatable, Sendable {
  /// The titles of the columns.
  public let titles: [String]
  /// The cells, a row at a time; each row is as long as `titles`.
  public let rows: [[String]]

  /// Takes titles and rows; traps on a row of another length.
  public init(_ titles: [String], rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == titles.count }, "A cell for each column.")
    self.titles = titles.map(Self.cell)
    self.rows = rows.map { $0.map(Self.cell) }
  }

  /// Shows a table of results: its numbers as their columns ask, its names as in files.
  public init(_ result: ResultTable, _ words: Wording) {
    self.init(
      result.quantities.map { words($0.title) },
      rows: result.rows.map { row in
        zip(row, result.quantities).map { NumberText.text($0, $1.format) }
      })
  }

  /// The lines of the table, titles first, without spaces at their ends.
  ///
  /// A column of which every cell is a number, empty or `n/a` is aligned to the right.
  ///
  /// - Parameter width: a table that is wider is broken into tables below each other, each with the
  ///   first column; a column that is wider by itself is not broken.
  public func lines(width: Int = .max) -> [String] {
    blocks(width: width).enumerated().flatMap { ($0 == 0 ? [] : [""]) + lines(columns: $1) }
  }

  /// A cell is one line.
  private static func cell(_ text: String) -> String {
    String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }).printable
  }

  private static let gap = 2

  private var widths: [Int] {
    titles.indices.map { column in
      rows.reduce(titles[column].displayWidth) { max($0, $1[column].displayWidth) }
    }
  }

  /// Columns that stand side by side: all of them, or as many as the width takes.
  private func blocks(width: Int) -> [[Int]] {
    let widths = widths
    var blocks: [[Int]] = []
    var taken = 0
    for column in titles.indices {
      let needed = Self.gap + widths[column]
      if let last = blocks.last, taken + needed <= width || last == [0] {
        blocks[blocks.count - 1].append(column)
        taken += needed
      } else {
        blocks.append(column == 0 ? [0] : [0, column])
        taken = widths[0] + (column == 0 ? 0 : needed)
      }
    }
    return blocks
  }

  private func lines(columns: [Int]) -> [String] {
    let widths = widths
    let isNumeric = columns.map { column in rows.allSatisfy { Self.isNumber($0[column]) } }
    return ([titles] + rows).map { row in
      let cells = zip(columns, isNumeric).map { column, isNumeric in
        row[column].padded(to: widths[column], atStart: isNumeric)
      }
      let line = cells.joined(separator: String(repeating: " ", count: Self.gap))
      return String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  private static func isNumber(_ text: String) -> Bool {
    text.isEmpty || text == "n/a" || Double(text) != nil
  }
}
