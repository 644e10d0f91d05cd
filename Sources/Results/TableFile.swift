public import ChiasmFiles
public import ChiasmTables

/// Which tables are written.
public enum TableFormat: String, Sendable, CaseIterable {
  /// Comma-separated, as RFC 4180 has it.
  case csv
  /// Tab-separated, as BIDS has it.
  case tsv

  /// What stands between the values of a row.
  public var delimiter: Table.Delimiter { self == .csv ? .comma : .tab }
}

extension Table {
  /// A table of results with all digits of its numbers, as a file has it.
  public init(_ result: ResultTable, _ delimiter: Delimiter) {
    self.init(
      columns: result.quantities.map(\.name),
      rows: result.rows.map { row in row.map { $0.exactText ?? delimiter.missing } })
  }
}

extension ResultTable {
  /// Writes `NAME.csv` or `NAME.tsv` and beside it `NAME.json`, which says what its columns mean.
  public func write(to folder: OutputFolder, as format: TableFormat) throws {
    try Table(self, format.delimiter).write(
      to: folder.path(for: "\(name).\(format.rawValue)"), delimiter: format.delimiter)
    try JSONFile.write(DataDictionary(quantities), to: folder.path(for: "\(name).json"))
  }
}

/// What the columns of a table mean, as the JSON files that BIDS puts beside tables have it: for each
/// column `LongName`, `Description`, `Units`, `Levels`, `Minimum` and `Maximum`, those that it has.
public struct DataDictionary: Encodable, Equatable, Sendable {
  /// The columns by their names.
  public let columns: [Quantity]

  /// Describes some columns.
  public init(_ columns: [Quantity]) { self.columns = columns }

  private enum Key: String, CodingKey {
    case LongName, Description, Units, Levels, Minimum, Maximum
  }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// A column a key.
  public func encode(to encoder: any Encoder) throws {
    let words = Wording(source: "source stage", target: "target stage")
    var file = encoder.container(keyedBy: Name.self)
    for quantity in columns {
      var entry = file.nestedContainer(
        keyedBy: Key.self, forKey: Name(stringValue: quantity.name))
      try entry.encode(words(quantity.title), forKey: .LongName)
      try entry.encode(words(quantity.meaning), forKey: .Description)
      if let unit = quantity.unit { try entry.encode(unit, forKey: .Units) }
      if let range = quantity.range {
        try entry.encode(range.lowerBound, forKey: .Minimum)
        try entry.encode(range.upperBound, forKey: .Maximum)
      }
      guard !quantity.levels.isEmpty else { continue }
      var levels = entry.nestedContainer(keyedBy: Name.self, forKey: .Levels)
      for level in quantity.levels {
        try levels.encode(words(level.meaning), forKey: Name(stringValue: level.name))
      }
    }
  }
}
