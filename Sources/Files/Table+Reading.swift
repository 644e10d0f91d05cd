extension Table {
  /// Reads a CSV or TSV file with a header line.
  ///
  /// UTF-8 with or without a byte order mark; lines end in LF or CRLF; empty lines at the end do
  /// not count. In CSV a value may stand in quotes and then hold commas, line ends and doubled
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
    try Array(text.utf8).withUnsafeBufferPointer { (utf8) throws(ArrayFileError) in
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
