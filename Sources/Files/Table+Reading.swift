extension Table {
  /// Reads a CSV or TSV file with a header line.
  ///
  /// UTF-8 with or without a byte order mark; lines end in LF or CRLF, or all of them in CR, as old
  /// Macs have it; empty lines at the end do not count. In CSV a value may stand in quotes and then hold commas, line ends and doubled
  /// quotes; in TSV a quote is a character like others.
  ///
  /// - Parameter delimiter: nil lets the file's name tell, see `Delimiter.init(path:)`.
  /// - Throws: `missing`, `unreadable`, or `malformed`, with the line, for a file without a header,
  ///   columns of one name, a row longer or shorter than the header, a quote that is not closed,
  ///   and bytes that are not UTF-8.
  public init(path: String, delimiter: Delimiter? = nil) throws(ArrayFileError) {
    let bytes = try ReadingFile(path: path).readToEnd()
    try self.init(decoding: bytes, delimiter: delimiter ?? Delimiter(path: path), path: path)
  }

  /// Reads a table from the bytes of a file; `path` stands in errors.
  ///
  /// - Throws: `malformed`, as `init(path:delimiter:)`.
  public init(
    decoding bytes: [UInt8], delimiter: Delimiter, path: String
  ) throws(ArrayFileError) {
    let text = try TextFile.decode(bytes[...], path: path)
    var records = TableRecords(delimiter: delimiter, path: path)
    let utf8 =
      text.utf8.contains(newline)
      ? Array(text.utf8) : text.utf8.map { $0 == carriageReturn ? newline : $0 }
    try utf8.withUnsafeBufferPointer { (utf8) throws(ArrayFileError) in
      try records.read(utf8)
    }
    try self.init(records, path: path)
  }

  private init(_ records: consuming TableRecords, path: String) throws(ArrayFileError) {
    var rows = records.rows
    guard let columns = rows.first else {
      throw .malformed(path: path, problem: "is empty; a header line with column names is expected")
    }
    var names: Set<String> = []
    for name in columns where !names.insert(name).inserted {
      throw .malformed(path: path, problem: "two columns are named '\(name)'")
    }
    rows.removeFirst()
    let lines = Array(records.lines.dropFirst())
    for (row, line) in zip(rows, lines) where row.count != columns.count {
      throw .malformed(
        path: path,
        problem: "line \(line) has \(row.count) \(row.count == 1 ? "value" : "values") where the "
          + "header has \(columns.count)")
    }
    self.init(columns: columns, rows: rows, path: path, lines: lines)
  }
}

/// Splits the text of a table into records of fields, byte by byte.
struct TableRecords {
  private(set) var rows: [[String]] = []
  /// The line that each record begins on, from 1.
  private(set) var lines: [Int] = []
  private let delimiter: Table.Delimiter
  private let path: String
  private var line = 1
  private var position = 0

  init(delimiter: Table.Delimiter, path: String) {
    self.delimiter = delimiter
    self.path = path
  }

  mutating func read(_ text: UnsafeBufferPointer<UInt8>) throws(ArrayFileError) {
    let end = Self.endWithoutEmptyLines(text)
    let content = UnsafeBufferPointer(rebasing: text[..<end])
    while position < content.count {
      lines.append(line)
      rows.append(try record(content))
    }
  }

  /// Empty lines at the end do not count as rows.
  private static func endWithoutEmptyLines(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var end = text.count
    while end > 0, text[end - 1] == newline || text[end - 1] == carriageReturn { end -= 1 }
    return end
  }

  private mutating func record(
    _ text: UnsafeBufferPointer<UInt8>
  ) throws(ArrayFileError) -> [String] {
    var fields: [String] = []
    fields.reserveCapacity(rows.first?.count ?? 8)
    while true {
      fields.append(
        delimiter == .comma && position < text.count && text[position] == quote
          ? try quotedField(text) : plainField(text))
      guard position < text.count else { return fields }
      let byte = text[position]
      position += 1
      if byte != delimiter.byte {
        line += 1
        return fields
      }
    }
  }

  /// A field up to the next delimiter, line end or the end; the position is then there.
  private mutating func plainField(_ text: UnsafeBufferPointer<UInt8>) -> String {
    let start = position
    let delimiter = delimiter.byte
    while position < text.count, text[position] != delimiter, text[position] != newline {
      position += 1
    }
    let endsLine = position < text.count && text[position] == newline
    let hasReturn = endsLine && position > start && text[position - 1] == carriageReturn
    return String(decoding: text[start..<(hasReturn ? position - 1 : position)], as: UTF8.self)
  }

  private mutating func quotedField(
    _ text: UnsafeBufferPointer<UInt8>
  ) throws(ArrayFileError) -> String {
    let firstLine = line
    var value: [UInt8] = []
    position += 1
    while position < text.count {
      let byte = text[position]
      position += 1
      if byte == quote {
        guard position < text.count, text[position] == quote else {
          try finishQuotedField(text)
          return String(decoding: value, as: UTF8.self)
        }
        position += 1
      } else if byte == newline {
        line += 1
      }
      value.append(byte)
    }
    throw .malformed(path: path, problem: "the quote that opens in line \(firstLine) is not closed")
  }

  private mutating func finishQuotedField(
    _ text: UnsafeBufferPointer<UInt8>
  ) throws(ArrayFileError) {
    if position + 1 < text.count, text[position] == carriageReturn, text[position + 1] == newline {
      position += 1
    }
    guard position < text.count, text[position] != delimiter.byte, text[position] != newline
    else { return }
    throw .malformed(path: path, problem: "text follows a closing quote in line \(line)")
  }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let quote = UInt8(ascii: "\"")
