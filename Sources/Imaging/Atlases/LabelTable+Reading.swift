internal import ChiasmFiles

extension LabelTable {
  /// A table is text of a few thousand lines; a larger file is something else.
  static let greatestByteCount = 16 << 20

  /// Reads a table whose format its content decides: TSV or CSV with columns of index and name, a list
  /// of FreeSurfer, ITK-SNAP, MRtrix or Workbench, FSL or SPM XML, or plain lines of index and name.
  ///
  /// - Throws: `unreadableTable`, `notALabelTable` or `labelNamedTwice`.
  public static func read(path: String) throws(ImagingError) -> LabelTable {
    try LabelTable(text: readText(path: path), path: path)
  }

  /// Reads a table from its text; `path` is where it comes from, for the errors.
  ///
  /// - Throws: `notALabelTable` or `labelNamedTwice`.
  public init(text: String, path: String = "label table") throws(ImagingError) {
    let entries: [Entry]
    if text.first(where: { !$0.isWhitespace }) == "<" {
      entries = try Self.markupEntries(text, path: path)
    } else if let columns = Self.columns(of: text) {
      entries = try Self.columnEntries(columns, path: path)
    } else {
      entries = try Self.lineEntries(text, path: path)
    }
    guard !entries.isEmpty else { throw .notALabelTable(path: path, problem: "it names no label") }
    try self.init(entries, path: path)
  }

  /// The text of a file, without a byte order mark.
  static func readText(path: String) throws(ImagingError) -> String {
    let text: String
    do throws(ArrayFileError) {
      text = try TextFile.read(path, atMost: greatestByteCount)
    } catch {
      switch error {
      case .missing: throw .unreadableTable(path: path, reason: "there is no such file")
      case .unreadable(_, let reason): throw .unreadableTable(path: path, reason: reason)
      case .malformed(_, let problem): throw .notALabelTable(path: path, problem: problem)
      case .exists, .cannotWrite: throw ImagingError(error)
      }
    }
    guard !text.utf8.contains(0) else {
      throw .notALabelTable(path: path, problem: "it is not UTF-8 text")
    }
    return text
  }

  /// A table with columns of index and name, under the names that programs give them.
  typealias Columns = (table: LabelTableColumns, index: String, name: String)

  static func columns(of text: String) -> Columns? {
    guard let table = LabelTableColumns(text),
      let name = ["name", "label", "region"].first(where: table.has),
      let index = ["index", "value", "id", "key", "label"].first(where: {
        table.has($0) && $0 != name
      })
    else { return nil }
    return (table, index, name)
  }

  private static func columnEntries(_ columns: Columns, path: String) throws(ImagingError)
    -> [Entry]
  {
    var entries: [Entry] = []
    for row in columns.table.rows {
      guard let index = row[columns.index], let name = row[columns.name] else {
        throw .notALabelTable(path: path, problem: "line \(row.line) is too short")
      }
      // BIDS writes n/a for a value that is not there.
      if name.isEmpty || name == "n/a" { continue }
      entries.append(Entry(index: try whole(index, line: row.line, path: path), name: name))
    }
    return entries
  }

  /// A whole number that a label can be.
  static func whole(
    _ text: some StringProtocol, line: Int, path: String
  ) throws(ImagingError) -> Int32 {
    guard let value = number(text) else {
      throw .notALabelTable(
        path: path, problem: "line \(line) has \"\(text.prefix(40))\" where its index should be")
    }
    guard let index = Int32(exactly: value) else {
      throw .notALabelTable(
        path: path, problem: "line \(line) has the index \(value), which 32 bits do not hold")
    }
    return index
  }

  /// A whole number; `1.0` is 1, since tables pass through programs that have only reals.
  static func number(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isWhole = parts.count < 2 || !parts[1].isEmpty && parts[1].allSatisfy { $0 == "0" }
    return isWhole ? parts.first.flatMap { Int($0) } : nil
  }
}

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
