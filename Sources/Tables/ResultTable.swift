/// A value in a table of results.
public enum CellValue: Equatable, Sendable {
  /// A name; nil where there is none.
  case text(String?)
  /// A number; NaN where it is not defined.
  case number(Double)
  /// A whole number; nil where there is none.
  case count(Int?)

  /// A number that may be missing.
  public static func number(_ value: Double?) -> CellValue { .number(value ?? .nan) }
}

/// A column of a table whose rows are values of a type: what it says, and where it stands in a row.
public struct ResultColumn<Row>: Sendable {
  /// What the column says.
  public let quantity: Quantity
  /// Its value in a row.
  public let value: @Sendable (Row) -> CellValue

  /// A column of names.
  public init(_ quantity: Quantity, text: @escaping @Sendable (Row) -> String?) {
    self.quantity = quantity
    value = { .text(text($0)) }
  }

  /// A column of numbers.
  public init(_ quantity: Quantity, _ number: @escaping @Sendable (Row) -> Double?) {
    self.quantity = quantity
    value = { .number(number($0)) }
  }

  /// A column of whole numbers.
  public init(_ quantity: Quantity, count: @escaping @Sendable (Row) -> Int?) {
    self.quantity = quantity
    value = { .count(count($0)) }
  }
}

/// A table of results, before it is a file, a part of a page or lines on a terminal.
public struct ResultTable: Equatable, Sendable {
  /// The name of its file without an ending: `nulls`.
  public let name: String
  /// What a row is, in a sentence without a full stop.
  public let meaning: String
  /// What the columns say.
  public let quantities: [Quantity]
  /// The values, a row at a time, each as long as `quantities`.
  public let rows: [[CellValue]]

  /// Makes a table of rows whose columns are described by their type.
  public init<Row>(
    _ name: String, _ meaning: String, _ rows: some Sequence<Row>, columns: [ResultColumn<Row>]
  ) {
    self.init(
      name, meaning, quantities: columns.map(\.quantity),
      rows: rows.map { row in columns.map { $0.value(row) } })
  }

  /// Takes quantities and rows; traps on a row of another length and on two columns of one name.
  public init(_ name: String, _ meaning: String, quantities: [Quantity], rows: [[CellValue]]) {
    precondition(rows.allSatisfy { $0.count == quantities.count }, "A value for each column.")
    precondition(Set(quantities.map(\.name)).count == quantities.count, "Names differ.")
    self.name = name
    self.meaning = meaning
    self.quantities = quantities
    self.rows = rows
  }
}

extension ResultTable {
  /// The table with some of its columns, in the order in which they are named.
  ///
  /// Traps on a name that no column has.
  public func selecting(_ names: [String]) -> ResultTable {
    let places = names.map { name -> Int in
      guard let place = quantities.firstIndex(where: { $0.name == name }) else {
        preconditionFailure("The table \(self.name) has no column \(name).")
      }
      return place
    }
    return ResultTable(
      name, meaning, quantities: places.map { quantities[$0] },
      rows: rows.map { row in places.map { row[$0] } })
  }

  /// The table without some of its columns.
  public func dropping(_ names: Set<String>) -> ResultTable {
    selecting(quantities.map(\.name).filter { !names.contains($0) })
  }

  /// The table without details, for where room is short.
  public var brief: ResultTable { selecting(quantities.filter { !$0.isDetail }.map(\.name)) }

  /// The table with its rows and with columns of another.
  ///
  /// Traps where the numbers of rows differ.
  public func joined(with other: ResultTable) -> ResultTable {
    precondition(rows.count == other.rows.count, "Tables of the same rows.")
    return ResultTable(
      name, meaning, quantities: quantities + other.quantities,
      rows: zip(rows, other.rows).map { $0 + $1 })
  }

  /// A number for each name in one column by that in another: a row for each different text of `row`, a
  /// column for each different text of `column`, in the order in which they come.
  ///
  /// The columns take title and name from the text and the rest from the quantity of `value`; where one is
  /// called as the first column, ` ({target})` follows. Pairs that do not come are missing.
  public func wide(
    _ name: String, _ meaning: String, row: String, column: String, value: String
  ) -> ResultTable {
    let long = selecting([row, column, value])
    var (rowNames, columnNames): ([String], [String]) = ([], [])
    var values: [[String]: CellValue] = [:]
    for cells in long.rows {
      let names = cells.prefix(2).map { cell -> String in
        if case .text(let name?) = cell { name } else { "" }
      }
      if !rowNames.contains(names[0]) { rowNames.append(names[0]) }
      if !columnNames.contains(names[1]) { columnNames.append(names[1]) }
      values[names] = cells[2]
    }
    let quantity = long.quantities[2]
    return ResultTable(
      name, meaning,
      quantities: [long.quantities[0]]
        + columnNames.map { text in
          Quantity(
            text == long.quantities[0].name ? text + " (target)" : text, text, quantity.meaning,
            quantity.format, unit: quantity.unit, in: quantity.range)
        },
      rows: rowNames.map { row in
        [.text(row)] + columnNames.map { values[[row, $0]] ?? .number(.nan) }
      })
  }
}

extension CellValue {
  /// Whether there is nothing to show.
  public var isMissing: Bool {
    switch self {
    case .text(let text): text == nil
    case .number(let number): number.isNaN
    case .count(let count): count == nil
    }
  }

  /// All digits: the shortest text that reads back as the same number; nil where there is nothing.
  public var exactText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): number.isNaN ? nil : number.description
    case .count(let count): count?.description
    }
  }
}
